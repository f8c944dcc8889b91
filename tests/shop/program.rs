//! The program with a shop in its settings: what is checked, what is not, and that the token is nowhere to be seen.

use super::server::{Response, Server};
use serde_json::{Value, json};
use std::fs;
use std::process::{Command, Output};

const KEY: &str = "sk_live_n0t4you";

const DRAFT: &str = "From: Lamps <hello@lamps.example>\nTo: a@mail.example\nSubject: 20% off lamps\n\nUse code SUMMER20 for 20% off.\n\
\nLorem ipsum dolor sit amet.\n";

/// A folder with a draft and settings that name the shop at this address.
fn desk(server: &Server, more: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = format!(
        "[brief]\ncoupons = {{ shop = \"stripe\", store = \"{}\", token-env = \"LAMP_KEY\", seconds = 2 }}\n{more}\
         [links]\nallow-private = [\"127.0.0.1\"]\n",
        server.address()
    );
    fs::write(folder.path().join("presend.toml"), settings).expect("settings");
    fs::write(folder.path().join("mail.eml"), DRAFT).expect("a draft");
    folder
}

fn presend(folder: &tempfile::TempDir, key: Option<&str>, args: &[&str]) -> (Output, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    command.current_dir(folder.path()).args(args).env_remove("LAMP_KEY");
    for proxy in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        command.env_remove(proxy);
    }
    command.envs(key.map(|key| ("LAMP_KEY", key)));
    let output = command.output().expect("presend runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(!text.contains("n0t4you"), "{text}");
    (output, text)
}

/// A shop with one code, which ended.
fn shop() -> Server {
    Server::start(|request| {
        if request.header("authorization") != format!("Bearer {KEY}") {
            return Response::json(401, &json!({ "error": { "message": format!("Invalid API Key provided: {KEY}") } }));
        }
        let code = json!({ "id": "promo_1", "object": "promotion_code", "active": true, "code": "SUMMER20", "expires_at": 1_600_000_000,
            "max_redemptions": null, "times_redeemed": 0, "promotion": { "type": "coupon", "coupon": "S" } });
        let data = if request.path.ends_with("promotion_codes") { json!([code]) } else { json!([]) };
        Response::json(200, &json!({ "object": "list", "has_more": false, "data": data }))
    })
}

#[test]
fn what_the_shop_says_is_held_against_the_mail() {
    let server = shop();
    let folder = desk(&server, "");
    let (_, text) = presend(&folder, Some(KEY), &["check", "mail.eml"]);
    assert!(text.contains("[coupon-expired]") && !text.contains("[coupon-unknown]"), "{text}");
    let (output, list) = presend(&folder, Some(KEY), &["coupons"]);
    assert!(output.status.success() && list.contains("SUMMER20") && list.contains("ended"), "{list}");
    let (_, json) = presend(&folder, Some(KEY), &["check", "mail.eml", "--format", "json"]);
    assert!(json.contains("coupon-expired"), "{json}");
}

#[test]
fn a_shop_that_refuses_leaves_its_checks_unmade_and_hides_nothing() {
    let server = shop();
    let folder = desk(&server, "");
    for (key, args, why) in [
        (Some("sk_wrong"), &["check", "mail.eml"][..], "does not accept the token in LAMP_KEY"),
        (None, &["check", "mail.eml"][..], "the environment variable LAMP_KEY is not set"),
        (Some(KEY), &["check", "mail.eml", "--offline"][..], "asks nothing of the network"),
    ] {
        let (output, text) = presend(&folder, key, args);
        assert_eq!(output.status.code(), Some(1), "the other findings stand: {text}");
        assert!(text.contains("[lorem-ipsum]") && text.contains(why) && text.contains("whether the shop takes SUMMER20"), "{text}");
        assert!(!text.contains("[coupon-"), "{text}");
    }
    let (output, text) = presend(&folder, None, &["coupons"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text.contains("what to do: set LAMP_KEY"), "{text}");
}

#[test]
fn beside_a_file_only_what_hangs_on_the_whole_list_is_left_open() {
    let server = Server::start(|_| Response::json(500, &json!({})));
    let folder = desk(&server, "require = [\"coupons\"]\n");
    fs::write(folder.path().join("old.csv"), "code,ends\nSPRING5,2020-01-01\n").expect("a list");
    fs::write(folder.path().join("mail.eml"), DRAFT.replace("Lorem ipsum dolor sit amet.", "Or code SPRING5.")).expect("a draft");
    let shop = format!("shop:stripe={}", server.address());
    let (output, text) =
        presend(&folder, Some(KEY), &["check", "mail.eml", "--coupons", "old.csv", "--coupons", &shop, "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(text.contains("coupon-expired"), "{text}");
    let gap = report.to_string();
    assert!(gap.contains("whether the shop takes SPRING5, SUMMER20") && gap.contains("STRIPE_API_KEY is not set"), "{gap}");
    let unknown = report["drafts"][0]["findings"].as_array().expect("findings").iter().any(|one| one["rule"] == "coupon-unknown");
    assert!(!unknown, "SUMMER20 may be in the shop that did not answer: {text}");
}

#[test]
fn a_required_shop_that_is_silent_makes_the_run_incomplete() {
    let server = Server::start(|_| Response::json(500, &json!({})));
    let folder = desk(&server, "require = [\"coupons\"]\n");
    fs::write(folder.path().join("mail.eml"), DRAFT.replace("Lorem ipsum dolor sit amet.", "")).expect("a draft");
    let (output, text) = presend(&folder, Some(KEY), &["check", "mail.eml"]);
    assert_eq!(output.status.code(), Some(3), "{text}");
}
