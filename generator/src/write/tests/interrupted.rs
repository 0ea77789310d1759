//! Runs that were interrupted, and two at once.

use super::*;

#[test]
fn leftovers_of_killed_runs_go_away() {
    let dir = folder(&[]);
    let own = format!(".envoi-staging-{}/new/x", std::process::id());
    put(dir.path(), &own, "left");
    put(dir.path(), ".envoi-staging-1/new/x", "left");
    check_run(dir.path(), &[("a.rs", "1")], (&["a.rs"], 0, &[]), &[("a.rs", "1")]);
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
        let manifest = survey::manifest(files.iter());
        let mut commit = Commit::stage(dir.path(), &changed, &manifest).expect("staged");
        commit.killed_after = Some(steps);
        if commit.apply(&["gone/a.rs".to_owned()]).is_ok() {
            break;
        }
        killed += 1;
        let differences = compare(dir.path(), &files).expect("compared");
        assert_eq!(
            differences.first(),
            Some(&Difference::Unfinished),
            "after {steps} steps"
        );
        assert!(finish_killed(dir.path()).expect("finished"), "after {steps} steps");
        assert_eq!(
            compare(dir.path(), &files).expect("compared"),
            [],
            "after {steps} steps"
        );
        let own = [("own.txt", "mine")];
        check_listing(dir.path(), &[&after[..], &own].concat());
        assert!(!finish_killed(dir.path()).expect("nothing is left"));
    }
    assert!(killed > 4, "{killed}");
}

#[test]
fn a_journal_leads_nowhere_else() {
    let outer = folder(&[("victim", "x"), ("out/.envoi-staging-1/new/a.rs", "new")]);
    let journal = "- ../victim\n- /etc/hosts\n+ ../stolen\n+ .envoi-cache/last-run.json\n+ a.rs\n";
    put(outer.path(), "out/.envoi-staging-1/journal", journal);
    assert!(finish_killed(&outer.path().join("out")).expect("finished"));
    check_listing(outer.path(), &[("victim", "x"), ("out/a.rs", "new")]);
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
