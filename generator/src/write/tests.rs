//! Folders before and after a run.

mod cargo_toml;
mod edits;
mod forged;
mod interrupted;
mod unknown_owner;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;

use super::*;
use crate::output::MARKER;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        put(dir.path(), path, text);
    }
    dir
}

fn put(dir: &Path, path: &str, text: &str) {
    let place = dir.join(path);
    fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
    fs::write(place, text).expect("a file");
}

fn output(files: &[(&str, &str)]) -> Vec<OutputFile> {
    files.iter().map(|(path, text)| OutputFile::new(*path, *text)).collect()
}

/// The list of files that a run with these leaves.
fn listed(files: &[OutputFile]) -> String {
    listing::text(&files.iter().collect::<Vec<_>>(), None)
}

/// Every file and empty folder below `dir`, without the manifest.
fn listing(dir: &Path) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries: Vec<PathBuf> = fs::read_dir(&folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        let name = |path: &Path| path.strip_prefix(dir).expect("below").display().to_string();
        if entries.is_empty() && folder != dir {
            all.insert(format!("{}/", name(&folder)), String::new());
        }
        for path in entries {
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
            } else if name(&path) != MANIFEST {
                all.insert(name(&path), fs::read_to_string(&path).unwrap_or_default());
            }
        }
    }
    all
}

#[track_caller]
fn check_listing(dir: &Path, expected: &[(&str, &str)]) {
    let expected: BTreeMap<String, String> = expected
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    assert_eq!(listing(dir), expected);
}

/// Runs over `before`, expects `after`, and that nothing is different then.
#[track_caller]
fn check_run(dir: &Path, files: &[(&str, &str)], summary: (&[&str], usize, &[&str]), after: &[(&str, &str)]) {
    let files = output(files);
    let written = write_all(dir, &files, WriteOptions::default()).expect("written");
    let (new, unchanged, removed) = summary;
    let (new, removed) = (owned(new), owned(removed));
    assert_eq!(
        written,
        Written {
            written: new,
            unchanged,
            removed,
            ignored: Vec::new(),
        }
    );
    check_listing(dir, after);
    assert_eq!(compare(dir, &files, WriteOptions::default()).expect("compared"), []);
}

/// Overwrites whatever is there.
const FORCE: WriteOptions = WriteOptions {
    force: true,
    fixed_version: false,
    disposable: false,
};

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// Runs, expects an error with this text, and that nothing was changed.
#[track_caller]
fn check_refused(dir: &Path, files: &[(&str, &str)], message: &str) {
    let before = listing(dir);
    let error = write_all(dir, &output(files), WriteOptions::default()).expect_err(message);
    assert!(error.to_string().contains(message), "{error}");
    assert_eq!(listing(dir), before, "{message}");
}

#[test]
fn runs_follow_each_other() {
    let dir = folder(&[("mine.txt", "kept")]);
    let dir = dir.path();
    let first = [("src/lib.rs", "1"), ("src/a/b.rs", "2"), ("Cargo.toml", "a = 3\n")];
    check_run(
        dir,
        &first,
        (&["src/lib.rs", "src/a/b.rs", "Cargo.toml"], 0, &[]),
        &[
            ("Cargo.toml", "a = 3\n"),
            ("mine.txt", "kept"),
            ("src/a/b.rs", "2"),
            ("src/lib.rs", "1"),
        ],
    );
    let manifest = fs::read_to_string(dir.join(MANIFEST)).expect("a manifest");
    let lines: Vec<&str> = manifest.lines().filter(|line| !line.starts_with('#')).collect();
    let paths: Vec<&str> = lines.iter().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(paths, ["Cargo.toml", "src/a/b.rs", "src/lib.rs"]);

    let second = [("src/lib.rs", "9"), ("Cargo.toml", "a = 3\n")];
    check_run(
        dir,
        &second,
        (&["src/lib.rs"], 1, &["src/a/b.rs"]),
        &[("Cargo.toml", "a = 3\n"), ("mine.txt", "kept"), ("src/lib.rs", "9")],
    );
    put(dir, "src/own.rs", "kept too");
    check_run(
        dir,
        &[],
        (&[], 0, &["Cargo.toml", "src/lib.rs"]),
        &[("mine.txt", "kept"), ("src/own.rs", "kept too")],
    );
}

#[test]
fn the_second_run_touches_nothing() {
    let dir = folder(&[]);
    let files = output(&[("src/lib.rs", "1"), ("b.rs", "2")]);
    let target = dir.path().join("new/folder");
    let times = || {
        ["", MANIFEST, "src", "src/lib.rs", "b.rs"]
            .map(|path| fs::metadata(target.join(path)).and_then(|meta| meta.modified()).ok())
    };
    write_all(&target, &files, WriteOptions::default()).expect("written");
    let before: [Option<SystemTime>; 5] = times();
    std::thread::sleep(std::time::Duration::from_millis(20));
    let again = write_all(&target, &files, WriteOptions::default()).expect("written");
    assert_eq!((again.written.len(), again.unchanged), (0, 2));
    assert_eq!(times(), before);
    let one = output(&[("src/lib.rs", "1"), ("b.rs", "3")]);
    write_all(&target, &one, WriteOptions::default()).expect("written");
    assert_eq!(times()[3], before[3]);
}

#[test]
fn foreign_files_are_kept_unless_forced() {
    let marked = format!("// a\n// {MARKER} 0.1\n");
    let dir = folder(&[
        ("a.rs", "mine"),
        ("b.rs", "same"),
        ("c.rs", &marked),
        ("d.rs", "mine too"),
    ]);
    let files = [("a.rs", "1"), ("b.rs", "same"), ("c.rs", "3"), ("d.rs", "4")];
    check_refused(dir.path(), &files, "would be overwritten: a.rs, d.rs;");
    check_run(
        dir.path(),
        &files[1..3],
        (&["c.rs"], 1, &[]),
        &[("a.rs", "mine"), ("b.rs", "same"), ("c.rs", "3"), ("d.rs", "mine too")],
    );
    let forced = write_all(dir.path(), &output(&files), FORCE);
    assert_eq!(forced.expect("written").written, ["a.rs", "d.rs"]);
    check_listing(
        dir.path(),
        &[("a.rs", "1"), ("b.rs", "same"), ("c.rs", "3"), ("d.rs", "4")],
    );
}

#[test]
fn paths_stay_in_the_folder() {
    for path in [
        "",
        "/etc/x",
        "../x",
        "a/../../x",
        "a/./b",
        "a//b",
        "a/",
        "a\\b",
        "C:x",
        "a\nb",
        MANIFEST,
        ".envoi-staging-1/x",
        ".git/hooks/pre-commit",
        "src/.hidden.rs",
    ] {
        let dir = folder(&[("kept", "1")]);
        check_refused(dir.path(), &[("a.rs", "1"), (path, "2")], "cannot be an output file");
        assert!(
            compare(dir.path(), &output(&[(path, "2")]), WriteOptions::default()).is_err(),
            "{path}"
        );
    }
    let dir = folder(&[]);
    check_refused(dir.path(), &[("a/Foo.rs", "1"), ("a/foo.rs", "2")], "the same path");
    check_refused(dir.path(), &[("a.rs", "1"), ("a.rs", "1")], "the same path");
}

#[test]
fn an_edited_manifest_removes_nothing_outside() {
    let outer = folder(&[("victim", "1"), ("dir/x.rs", "2"), ("dir/own/y.rs", "3")]);
    let dir = outer.path().join("dir");
    let absolute = outer.path().join("victim");
    let manifest = format!(
        "../victim\n{}\nown\nx.rs\nnone.rs\n.envoi-files\n\n",
        absolute.display()
    );
    put(&dir, MANIFEST, &manifest);
    check_run(&dir, &[], (&[], 0, &["x.rs"]), &[("own/y.rs", "3")]);
    assert!(absolute.exists());
}

#[test]
fn what_is_in_the_way_is_refused() {
    let dir = folder(&[("folder.rs/x", "1"), ("file", "2")]);
    check_refused(dir.path(), &[("a.rs", "1"), ("folder.rs", "2")], "is a folder");
    check_refused(dir.path(), &[("a.rs", "1"), ("file/b.rs", "2")], "is a file");
    let file = dir.path().join("file");
    for files in [output(&[]), output(&[("a.rs", "1")])] {
        assert!(matches!(
            write_all(&file, &files, WriteOptions::default()),
            Err(WriteError::Io { .. })
        ));
    }
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let victim = folder(&[("lib.rs", "precious"), ("old.rs", "precious")]);
    let precious = [("lib.rs", "precious"), ("old.rs", "precious")];

    let dir = folder(&[]);
    symlink(victim.path().join("lib.rs"), dir.path().join("lib.rs")).expect("a link");
    check_refused(dir.path(), &[("a.rs", "1"), ("lib.rs", "2")], "a symbolic link");
    let forced = write_all(dir.path(), &output(&[("lib.rs", "2")]), FORCE);
    assert!(matches!(forced, Err(WriteError::Occupied { .. })));

    let dir = folder(&[(MANIFEST, "src/old.rs\ngone.rs\n")]);
    symlink(victim.path(), dir.path().join("src")).expect("a link");
    symlink(victim.path().join("none"), dir.path().join("gone.rs")).expect("a link");
    check_refused(dir.path(), &[("src/lib.rs", "2")], "a symbolic link");
    let written = write_all(dir.path(), &output(&[("b.rs", "1")]), WriteOptions::default()).expect("written");
    assert_eq!(written.removed, [] as [&str; 0]);

    let dir = folder(&[]);
    symlink(victim.path().join("lib.rs"), dir.path().join(MANIFEST)).expect("a link");
    check_refused(dir.path(), &[("b.rs", "2")], "a symbolic link");
    check_listing(victim.path(), &precious);

    let outer = folder(&[("real/x", "1")]);
    symlink(outer.path().join("real"), outer.path().join("link")).expect("a link");
    write_all(
        &outer.path().join("link"),
        &output(&[("b.rs", "2")]),
        WriteOptions::default(),
    )
    .expect("written");
    check_listing(&outer.path().join("real"), &[("b.rs", "2"), ("x", "1")]);
}

#[test]
fn a_failed_commit_puts_everything_back() {
    let dir = folder(&[("keep.rs", "old"), ("stale/a.rs", "old")]);
    let manifest = "keep.rs\nstale/a.rs\n";
    put(dir.path(), MANIFEST, manifest);
    let before = listing(dir.path());
    let files = output(&[("keep.rs", "new"), ("new/b.rs", "new"), ("late.rs", "new")]);
    let files: Vec<&OutputFile> = files.iter().collect();
    let commit = Commit::stage(dir.path(), &files, "new manifest").expect("staged");
    fs::remove_file(
        dir.path()
            .join(format!(".envoi-staging-{}/new/late.rs", std::process::id())),
    )
    .expect("removed");
    let error = commit
        .apply(&["stale/a.rs".to_owned()])
        .expect_err("a staged file is gone");
    assert!(error.to_string().contains("late.rs"), "{error}");
    assert_eq!(listing(dir.path()), before);
    assert_eq!(
        fs::read_to_string(dir.path().join(MANIFEST)).expect("a manifest"),
        manifest
    );
}

#[test]
fn a_run_that_is_refused_leaves_no_folder() {
    let outer = folder(&[]);
    let dir = outer.path().join("new");
    write_all(&dir, &output(&[("../a", "1")]), WriteOptions::default()).expect_err("a path");
    assert!(!dir.exists());
}

#[test]
fn differences_are_named() {
    let dir = folder(&[("a.rs", "1\n2\n3\n"), ("b.rs", "x"), ("gone.rs", "y"), ("c.rs", "same")]);
    put(dir.path(), MANIFEST, "# head\na.rs\ngone.rs\n");
    let files = output(&[
        ("a.rs", "1\n2b\n3\n"),
        ("b.rs", "x\n"),
        ("c.rs", "same"),
        ("d/e.rs", ""),
    ]);
    let before = listing(dir.path());
    let changed = |path: &str, expected: &str, found: &str| Difference::Changed {
        path: path.to_owned(),
        edited: false,
        expected: expected.to_owned(),
        found: found.to_owned(),
    };
    assert_eq!(
        compare(dir.path(), &files, WriteOptions::default()).expect("compared"),
        [
            changed("a.rs", "1\n2b\n3\n", "1\n2\n3\n"),
            changed("b.rs", "x\n", "x"),
            Difference::Missing {
                path: "d/e.rs".to_owned()
            },
            Difference::Stale {
                path: "gone.rs".to_owned()
            },
        ]
    );
    assert_eq!(listing(dir.path()), before);
    let nowhere = compare(&dir.path().join("none"), &files, WriteOptions::default()).expect("compared");
    assert_eq!(nowhere.len(), 4);
}
