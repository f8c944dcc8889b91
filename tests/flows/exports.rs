//! Every export under `fixtures/inputs/flows`: the map that is made of it stands beside it.
//!
//! `SNAPSHOTS=overwrite cargo test --test flows` writes what stands beside them anew.

use super::presend;
use std::path::Path;

#[test]
fn every_export_is_understood_as_it_stands_beside_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/inputs/flows");
    let mut files: Vec<String> =
        std::fs::read_dir(&folder).expect("exports").flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    files.retain(|name| !name.contains(".map."));
    files.sort();
    assert!(files.len() >= 9, "{files:?}");
    for file in files {
        let (map, complaint, code) = presend(&folder, &["flows", &file, "--format", "json"]);
        assert_eq!((code, complaint.as_str()), (0, ""), "{file}");
        let beside = snapbox::Data::read_from(&folder.join(format!("{file}.map.json")), Some(snapbox::data::DataFormat::Text));
        snapbox::assert_data_eq!(map, beside);
    }
}

#[test]
fn maps_are_drawn_as_they_stand_beside_the_exports() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/inputs/flows");
    for file in ["own-flows.toml", "klaviyo-splits.json"] {
        let (page, complaint, code) = presend(&folder, &["flows", file, "--format", "html"]);
        assert_eq!((code, complaint.as_str()), (0, ""), "{file}");
        // Without the styles, which change with every page.
        let main = page.split_once("<main").and_then(|(_, rest)| rest.split_once("</main>")).expect("a map").0;
        let lines = format!("<main{main}</main>\n").replace("><", ">\n<");
        let beside = snapbox::Data::read_from(&folder.join(format!("{file}.map.html")), Some(snapbox::data::DataFormat::Text));
        snapbox::assert_data_eq!(lines, beside);
    }
}
