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
    files.retain(|name| !name.ends_with(".map.json"));
    files.sort();
    assert!(files.len() >= 9, "{files:?}");
    for file in files {
        let (map, complaint, code) = presend(&folder, &["flows", &file, "--format", "json"]);
        assert_eq!((code, complaint.as_str()), (0, ""), "{file}");
        let beside = snapbox::Data::read_from(&folder.join(format!("{file}.map.json")), Some(snapbox::data::DataFormat::Text));
        snapbox::assert_data_eq!(map, beside);
    }
}
