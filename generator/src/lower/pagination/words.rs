//! The names by which pages are known, in small letters and digits alone: `page[number]` is `pagenumber`.

/// A parameter that counts pages.
pub(super) const PAGE: [&str; 6] = ["page", "pagenumber", "pageno", "pagenum", "pageindex", "currentpage"];

/// A parameter for the size of a page.
pub(super) const SIZE: [&str; 23] = [
    "perpage",
    "pagesize",
    "pagelimit",
    "size",
    "limit",
    "count",
    "top",
    "max",
    "maxresults",
    "maxitems",
    "first",
    "rows",
    "itemsperpage",
    "resultsperpage",
    "hitsperpage",
    "num",
    "maxrecords",
    "pagecount",
    "take",
    "rowcount",
    "rowsperpage",
    "pagerows",
    "pagerowcount",
];

/// A parameter that counts items, from 0 unless the document says otherwise.
pub(super) const OFFSET: [&str; 3] = ["offset", "skip", "pageoffset"];

/// A parameter that counts items, when the document says from where: elsewhere it may be a date or a name.
pub(super) const START: [&str; 5] = ["start", "startindex", "startat", "from", "firstresult"];

/// A parameter that takes a token of the response.
pub(super) const CURSOR: [&str; 25] = [
    "cursor",
    "pagecursor",
    "nextcursor",
    "pagetoken",
    "nexttoken",
    "nextpagetoken",
    "continuationtoken",
    "continuation",
    "continue",
    "after",
    "pageafter",
    "aftercursor",
    "searchafter",
    "startingafter",
    "marker",
    "pagemarker",
    "startcursor",
    "afterid",
    "pageinfo",
    "scrollid",
    "startkey",
    "exclusivestartkey",
    "skiptoken",
    "continuetoken",
    "nextmarker",
];

/// A parameter that takes the identifier of an item, after which the next page begins.
pub(super) const AFTER: [&str; 3] = ["startingafter", "after", "afterid"];

/// What the name of a header ends with that has the token of the next page.
pub(super) const HEADER_TOKEN: [&str; 6] = [
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "continuationtoken",
    "continuation",
    "nextmarker",
];

/// A header that says how many pages there are.
pub(super) const TOTAL_PAGES_HEADER: [&str; 6] = [
    "xpages",
    "xtotalpages",
    "xpagecount",
    "xpagestotal",
    "xpaginationpagecount",
    "xpaginationtotalpages",
];

/// A member with the number of the page, whatever the parameter is called.
pub(super) const NUMBER: [&str; 3] = ["currentpage", "currentpagenumber", "pagenumber"];

/// A member that is the token of the next page, whatever the parameter is called.
pub(super) const TOKEN: [&str; 15] = [
    "nextcursor",
    "nextpagecursor",
    "nextpagetoken",
    "nexttoken",
    "nextmarker",
    "nextcontinuationtoken",
    "nextcontinuation",
    "nextpagemarker",
    "endcursor",
    "cursornext",
    "nextstartcursor",
    "nextpageid",
    "nextscrollid",
    "nextstartkey",
    "lastevaluatedkey",
];

/// The same, as the last two members of the way to it.
pub(super) const TOKEN_WAY: [[&str; 2]; 6] = [
    ["cursor", "next"],
    ["cursors", "next"],
    ["cursors", "after"],
    ["next", "after"],
    ["nextpage", "after"],
    ["metadata", "continue"],
];

/// A member that says whether there is another page.
pub(super) const MORE: [&str; 10] = [
    "hasmore",
    "hasnext",
    "hasnextpage",
    "hasmoreitems",
    "hasmoreresults",
    "hasmorepages",
    "hasmorerecords",
    "moreitems",
    "istruncated",
    "more",
];

/// A member that says how many pages there are.
pub(super) const TOTAL_PAGES: [&str; 12] = [
    "totalpages",
    "pagestotal",
    "numpages",
    "nbpages",
    "numberofpages",
    "totalpagecount",
    "pages",
    "pagescount",
    "pagecount",
    "totalnumberofpages",
    "maxpages",
    "pagetotal",
];

/// A member that is the URL of the next page.
pub(super) const NEXT_URL: [&str; 8] = [
    "nexturl",
    "nexturi",
    "nextlink",
    "nexthref",
    "nextpageurl",
    "nextpageuri",
    "nextpagelink",
    "odatanextlink",
];

/// A member that is it if it is said to be a URL.
pub(super) const NEXT: [&str; 2] = ["next", "nextpage"];

/// Members that have the addresses of other pages.
pub(super) const LINKS: [&str; 3] = ["links", "link", "pagelinks"];

/// Members around what is said about pages.
pub(super) const FRAMES: [&str; 26] = [
    "meta",
    "metadata",
    "responsemetadata",
    "resultinfo",
    "pagination",
    "paginationinfo",
    "paging",
    "paginginfo",
    "page",
    "pages",
    "pageinfo",
    "pagingmetadata",
    "paginationmetadata",
    "pager",
    "links",
    "link",
    "pagelinks",
    "cursor",
    "cursors",
    "next",
    "nextpage",
    "data",
    "result",
    "results",
    "response",
    "listmeta",
];

/// A member that shows that a body is a page of something.
pub(super) const TELLS: [&str; 26] = [
    "total",
    "totalcount",
    "totalresults",
    "totalitems",
    "totalsize",
    "totalrecords",
    "totalelements",
    "count",
    "page",
    "pagenumber",
    "pagesize",
    "perpage",
    "limit",
    "offset",
    "startindex",
    "startat",
    "totalentries",
    "totalrecordcount",
    "itemsperpage",
    "totalhits",
    "totalnumber",
    "recordcount",
    "pages",
    "currentpage",
    "resultcount",
    "resultscount",
];

/// Members with the items of a page, the most telling first.
pub(super) const ITEMS: [&str; 17] = [
    "data",
    "items",
    "results",
    "value",
    "values",
    "records",
    "entries",
    "resources",
    "elements",
    "objects",
    "rows",
    "list",
    "content",
    "hits",
    "collection",
    "member",
    "members",
];

/// Arrays that stand beside the items.
pub(super) const BESIDE: [&str; 14] = [
    "errors",
    "warnings",
    "messages",
    "links",
    "link",
    "included",
    "facets",
    "aggregations",
    "filters",
    "sort",
    "columns",
    "fields",
    "unreachable",
    "headers",
];

/// Members around the items.
pub(super) const WRAPPERS: [&str; 6] = ["data", "result", "results", "response", "embedded", "payload"];

/// The letters and digits of a name, in small letters.
pub(super) fn plain(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

/// Whether a name is one of these.
pub(super) fn is_one(name: &str, words: &[&str]) -> bool {
    words.contains(&plain(name).as_str())
}
