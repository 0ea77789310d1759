//! Files of Envoi's own in the output folder that Envoi did not write.

use super::*;

/// Puts a staging folder as Envoi makes it into `dir`, with these files, their manifest, and a journal.
pub(super) fn stage(dir: &Path, files: &[(&str, &str)], journal: &str) {
    let staging = dir.join(".envoi-staging-1");
    put(&staging, "staged-by-envoi", "");
    fs::create_dir_all(staging.join("old")).expect("a folder");
    for (path, text) in files {
        put(&staging, &format!("new/{path}"), text);
    }
    let manifest = listed(&output(files));
    put(&staging, &format!("new/{MANIFEST}"), &manifest);
    put(&staging, "journal", journal);
}

#[test]
fn a_journal_leads_nowhere_else() {
    let outer = folder(&[("victim", "x")]);
    let out = outer.path().join("out");
    let staged = [("a.rs", "new"), (".git/hooks/pre-commit", "new"), ("src/.x", "new")];
    let journal = "- ../victim\n- /etc/hosts\n+ ../stolen\n+ .envoi-cache/last-run.json\n+ .git/hooks/pre-commit\n\
                   + src/.x\n+ a.rs\n";
    stage(&out, &staged, journal);
    assert!(finish_killed(&out, WriteOptions::default()).expect("finished"));
    check_listing(outer.path(), &[("victim", "x"), ("out/a.rs", "new")]);
}

#[test]
fn a_journal_deletes_and_places_only_what_manifests_list() {
    let mine = [
        (".git/config", "mine"),
        ("a.rs", "old"),
        ("src/mine.rs", "mine"),
        ("src/new.rs", "mine"),
    ];
    let dir = folder(&mine);
    put(dir.path(), MANIFEST, "a.rs\n.git/config\n");
    stage(
        dir.path(),
        &[("a.rs", "new")],
        "- src/mine.rs\n- .git/config\n+ build.rs\n+ a.rs\n+ .envoi-files\n",
    );
    put(dir.path(), ".envoi-staging-1/new/build.rs", "evil");
    for force in [false, true] {
        finish_killed(dir.path(), WriteOptions { force, ..FORCE }).expect("finished");
        check_listing(dir.path(), &[&[("a.rs", "new")], &mine[..1], &mine[2..]].concat());
    }

    stage(
        dir.path(),
        &[("src/mine.rs", "evil")],
        "+ src/mine.rs\n+ .envoi-files\n",
    );
    let before = listing(dir.path());
    let error = finish_killed(dir.path(), WriteOptions::default()).expect_err("a foreign file");
    assert!(error.to_string().contains("src/mine.rs; "), "{error}");
    assert_eq!(listing(dir.path()), before);
}

#[cfg(unix)]
#[test]
fn links_of_staging_folders_are_not_followed() {
    use std::os::unix::fs::symlink;
    let precious = [("empty/", ""), ("lib.rs", "precious"), ("secret", "precious")];
    for (link, journal) in [
        ("new", "+ lib.rs\n"),
        ("new/sub", "+ sub/secret\n"),
        ("new/lib.rs", "+ lib.rs\n"),
        ("old", "+ lib.rs\n"),
        ("journal", "+ lib.rs\n"),
    ] {
        let victim = folder(&precious[1..]);
        fs::create_dir(victim.path().join("empty")).expect("a folder");
        let dir = folder(&[("lib.rs", "old")]);
        put(dir.path(), MANIFEST, "lib.rs\nsub/secret\n");
        stage(dir.path(), &[], journal);
        let listed = format!(".envoi-staging-1/new/{MANIFEST}");
        put(dir.path(), &listed, "lib.rs\nsub/secret\n");
        let place = dir.path().join(".envoi-staging-1").join(link);
        let _ = fs::remove_dir_all(&place);
        let _ = fs::remove_file(&place);
        put(victim.path(), MANIFEST, "lib.rs\nsub/secret\n");
        symlink(victim.path(), &place).expect("a link");
        let error = write_all(dir.path(), &output(&[("lib.rs", "new")]), FORCE);
        let error = error.expect_err("a link").to_string();
        assert!(error.contains("is a symbolic link"), "{link}: {error}");
        check_listing(victim.path(), &precious);
        assert_eq!(fs::read_to_string(dir.path().join("lib.rs")).expect("a file"), "old");
    }
}

#[cfg(unix)]
#[test]
fn folders_behind_links_are_not_removed() {
    let victim = tempfile::tempdir().expect("a folder");
    fs::create_dir(victim.path().join("empty")).expect("a folder");
    let dir = folder(&[]);
    put(dir.path(), MANIFEST, "src/empty/a.rs\n");
    std::os::unix::fs::symlink(victim.path(), dir.path().join("src")).expect("a link");
    stage(dir.path(), &[], "- src/empty/a.rs\n");
    finish_killed(dir.path(), WriteOptions::default()).expect("finished");
    check_listing(victim.path(), &[("empty/", "")]);
}

/// A pipe would be waited for, and a device read without end.
#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_not_read() {
    let files = output(&[("a.rs", "1")]);
    let pipe = |place: &Path| {
        let made = std::process::Command::new("mkfifo").arg(place).status();
        assert!(made.expect("mkfifo").success());
    };
    for path in [".envoi-staging-1/journal", MANIFEST] {
        let dir = folder(&[]);
        stage(dir.path(), &[], "");
        fs::remove_file(dir.path().join(".envoi-staging-1/journal")).expect("removed");
        pipe(&dir.path().join(path));
        let error = write_all(dir.path(), &files, WriteOptions::default()).expect_err("a pipe");
        assert!(error.to_string().contains("is a special file"), "{error}");
    }
    let dir = folder(&[]);
    let paths = ["a.rs".to_owned()];
    let record = dir.path().join(RECORDS).join("last-run.json");
    let keep = || LastRun::keep(dir.path(), "inputs".to_owned(), &paths, Vec::new(), Vec::new());
    let same = || LastRun::same(dir.path(), "inputs").is_some();
    write_all(dir.path(), &files, WriteOptions::default()).expect("written");
    keep();
    assert!(same());
    fs::rename(&record, dir.path().join("elsewhere")).expect("renamed");
    std::os::unix::fs::symlink(dir.path().join("elsewhere"), &record).expect("a link");
    assert!(!same());
    keep();
    assert!(same());
    fs::remove_file(&record).expect("removed");
    pipe(&record);
    assert!(!same());
    keep();
    assert!(same());
}

#[test]
fn files_without_end_are_not_read_to_it() {
    let files = output(&[("a.rs", "1\n")]);
    let size = reserved::LIMIT + 1;
    let grow = |place: &Path| {
        let file = fs::File::options().write(true).open(place).expect("a file");
        file.set_len(size).expect("a size");
    };
    for path in [".envoi-staging-1/journal", MANIFEST] {
        let dir = folder(&[(MANIFEST, "")]);
        stage(dir.path(), &[], "");
        grow(&dir.path().join(path));
        let error = write_all(dir.path(), &files, WriteOptions::default()).expect_err("a large file");
        assert!(error.to_string().contains("is larger than 64 MiB"), "{error}");
    }
    let dir = folder(&[]);
    write_all(dir.path(), &files, WriteOptions::default()).expect("written");
    let paths = ["a.rs".to_owned()];
    LastRun::keep(dir.path(), "inputs".to_owned(), &paths, Vec::new(), Vec::new());
    let record = dir.path().join(RECORDS).join("last-run.json");
    let text = fs::read_to_string(&record).expect("a record");
    fs::write(&record, text + &" ".repeat(usize::try_from(size).expect("a size"))).expect("written");
    assert!(LastRun::same(dir.path(), "inputs").is_none());

    grow(&dir.path().join("a.rs"));
    let differences = compare(dir.path(), &files, WriteOptions::default()).expect("compared");
    let [
        Difference::Changed {
            edited: true, found, ..
        },
    ] = &differences[..]
    else {
        panic!("{}", differences.len())
    };
    assert!(found.len() <= 65 * 1024, "{}", found.len());
}
