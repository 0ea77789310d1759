//! Runs that were interrupted, and two at once.

use std::collections::BTreeSet;

use super::*;

#[test]
fn leftovers_of_killed_runs_go_away() {
    let dir = folder(&[]);
    let own = format!(".envoi-staging-{}", std::process::id());
    for staging in [&own, ".envoi-staging-1", ".envoi-staging-2"] {
        put(dir.path(), &format!("{staging}/staged-by-envoi"), "");
    }
    put(dir.path(), &format!("{own}/new/x"), "left");
    put(dir.path(), ".envoi-staging-1/new/x", "left");
    put(dir.path(), ".envoi-staging-1/old/x", "left");
    put(dir.path(), ".envoi-staging-1/draft", "left");
    fs::create_dir(dir.path().join(".envoi-staging-3")).expect("a folder");
    // They have replaced nothing, so they are no difference.
    assert_eq!(compare(dir.path(), &[], WriteOptions::default()).expect("compared"), []);
    check_run(dir.path(), &[("a.rs", "1")], (&["a.rs"], 0, &[]), &[("a.rs", "1")]);
}

#[test]
fn folders_that_only_look_like_leftovers_are_kept() {
    let own = format!(".envoi-staging-{}", std::process::id());
    let kept = [
        (&*format!("{own}/new/x"), "mine"),
        (".envoi-staging-9/journal", "+ a.rs\n"),
        (".envoi-staging-9/x/a", "mine"),
        (".envoi-staging-notes/a", "mine"),
        (".envoi-staging-notes/staged-by-envoi", "mine"),
        (".envoi-staging-07/staged-by-envoi", "mine"),
        (".envoi-staging-8", "mine"),
    ];
    let dir = folder(&kept);
    put(dir.path(), ".envoi-staging-7/staged-by-envoi", "");
    put(dir.path(), ".envoi-staging-7/new/x", "left");
    put(dir.path(), ".envoi-staging-7/notes", "mine");
    let all = [&kept[..], &[(".envoi-staging-7/notes", "mine"), ("a.rs", "1")]].concat();
    check_run(dir.path(), &[("a.rs", "1")], (&["a.rs"], 0, &[]), &all);
    check_run(dir.path(), &[("a.rs", "1")], (&[], 1, &[]), &all);
}

#[test]
fn the_only_copy_of_a_file_outlives_later_runs() {
    let dir = folder(&[]);
    let mut commit = Commit::stage(dir.path(), &[], "").expect("staged");
    let staging = staging::found(dir.path()).remove(0);
    let copy = format!("{staging}/old/0");
    put(dir.path(), &copy, "the only copy");
    commit.keep = true;
    drop(commit);
    write_all(dir.path(), &output(&[("a.rs", "1")]), WriteOptions::default()).expect("written");
    assert_eq!(
        listing(dir.path()).get(&copy).map(String::as_str),
        Some("the only copy")
    );
    assert_eq!(listing(dir.path()).get("a.rs").map(String::as_str), Some("1"));
}

/// However many files were switched when a run was killed, the next command tells, and finishes it.
#[test]
fn what_a_killed_run_began_is_finished() {
    let after = [
        ("keep.rs", "new"),
        ("late.rs", "new"),
        ("new/b.rs", "new"),
        ("same.rs", "same"),
    ];
    let mut killed = 0;
    for steps in 0.. {
        let dir = folder(&[
            ("keep.rs", "old"),
            ("gone/a.rs", "old"),
            ("same.rs", "same"),
            ("own.txt", "mine"),
        ]);
        put(dir.path(), MANIFEST, "keep.rs\ngone/a.rs\nsame.rs\n");
        let files = output(&after);
        let changed: Vec<&OutputFile> = files.iter().take(3).collect();
        let manifest = listed(&files);
        let mut commit = Commit::stage(dir.path(), &changed, &manifest).expect("staged");
        commit.killed_after = Some(steps);
        if commit.apply(&["gone/a.rs".to_owned()]).is_ok() {
            break;
        }
        killed += 1;
        let differences = compare(dir.path(), &files, WriteOptions::default()).expect("compared");
        assert_eq!(
            differences.first(),
            Some(&Difference::Unfinished),
            "after {steps} steps"
        );
        assert!(
            finish_killed(dir.path(), WriteOptions::default()).expect("finished"),
            "after {steps} steps"
        );
        assert_eq!(
            compare(dir.path(), &files, WriteOptions::default()).expect("compared"),
            [],
            "after {steps} steps"
        );
        let own = [("own.txt", "mine")];
        check_listing(dir.path(), &[&after[..], &own].concat());
        assert!(!finish_killed(dir.path(), WriteOptions::default()).expect("nothing is left"));
    }
    assert!(killed > 4, "{killed}");
}

/// However many files were switched, a file that the user creates afterwards where one is to come is not overwritten.
#[test]
fn finishing_overwrites_nothing_that_the_user_created() {
    let wanted = [("a.rs", "new"), ("keep.rs", "new"), ("src/b.rs", "new")];
    let mut refused = BTreeSet::new();
    for steps in 0.. {
        let dir = folder(&[("keep.rs", "old"), ("gone.rs", "old"), ("src/own.txt", "mine")]);
        put(dir.path(), MANIFEST, "keep.rs\ngone.rs\n");
        let files = output(&wanted);
        let changed: Vec<&OutputFile> = files.iter().collect();
        let mut commit = Commit::stage(dir.path(), &changed, &listed(&files)).expect("staged");
        commit.killed_after = Some(steps);
        if commit.apply(&["gone.rs".to_owned()]).is_ok() {
            break;
        }
        let missing: Vec<&str> = ["gone.rs", "a.rs", "keep.rs", "src/b.rs"]
            .into_iter()
            .filter(|path| !dir.path().join(path).exists())
            .collect();
        missing.iter().for_each(|path| put(dir.path(), path, "mine"));
        let expected: Vec<&str> = missing.iter().copied().filter(|path| *path != "gone.rs").collect();
        let before = listing(dir.path());
        for _ in 0..2 {
            let refusals = [
                finish_killed(dir.path(), WriteOptions::default()).map(drop),
                write_all(dir.path(), &files, WriteOptions::default()).map(drop),
            ];
            for refusal in refusals.into_iter().filter(|_| !expected.is_empty()) {
                let error = refusal.expect_err("files are in the way").to_string();
                let named = format!("did not create: {};", expected.join(", "));
                assert!(error.contains(&named) && error.contains("--force"), "{steps}: {error}");
                assert_eq!(listing(dir.path()), before, "after {steps} steps");
                refused.extend(expected.iter().copied());
            }
        }
        if steps % 2 == 0 {
            assert!(finish_killed(dir.path(), FORCE).expect("finished") || expected.is_empty());
        } else {
            expected
                .iter()
                .for_each(|path| fs::remove_file(dir.path().join(path)).expect("removed"));
            finish_killed(dir.path(), WriteOptions::default()).expect("finished");
        }
        let mut after = vec![("src/own.txt", "mine")];
        after.extend(wanted);
        after.extend(missing.contains(&"gone.rs").then_some(("gone.rs", "mine")));
        check_listing(dir.path(), &after);
    }
    assert_eq!(refused, BTreeSet::from(["a.rs", "keep.rs", "src/b.rs"]));
}

#[test]
fn finishing_replaces_files_that_are_the_same_or_generated() {
    let marked = format!("// {MARKER} 0.1\n");
    let dir = folder(&[("same.rs", "new"), ("marked.rs", &marked)]);
    let staged = [("marked.rs", "new"), ("same.rs", "new")];
    forged::stage(dir.path(), &staged, "+ marked.rs\n+ same.rs\n+ .envoi-files\n");
    assert!(finish_killed(dir.path(), WriteOptions::default()).expect("finished"));
    check_listing(dir.path(), &staged);
}

#[cfg(unix)]
#[test]
fn one_run_at_a_time_writes() {
    let dir = folder(&[]);
    let files = output(&[("a.rs", "1")]);
    let (_, lock) = write_and_hold(dir.path(), &files, WriteOptions::default()).expect("written");
    let other = output(&[("b.rs", "2")]);
    let error = write_all(dir.path(), &other, WriteOptions::default()).expect_err("locked");
    assert!(error.to_string().contains("another run is writing"), "{error}");
    check_listing(dir.path(), &[("a.rs", "1")]);
    drop(lock);
    write_all(dir.path(), &other, WriteOptions::default()).expect("free");
    check_listing(dir.path(), &[("b.rs", "2")]);
}
