//! Real engines on 127.0.0.1, each started for one test and ended with it.

use super::Reach;
use super::rows::{LISTS, Lists};
use adbc_core::options::{AdbcVersion, OptionDatabase};
use adbc_core::{Connection as _, Database as _, Driver as _, LOAD_FLAG_DEFAULT, Statement as _};
use adbc_driver_manager::ManagedDriver;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Whether these tests are meant not to run; where engines are missing without that, a test fails.
pub(crate) fn is_left_out(engine: &str) -> bool {
    let left_out = std::env::var_os("PRESEND_WITHOUT_WAREHOUSES").is_some();
    if left_out {
        eprintln!("not run, because of PRESEND_WITHOUT_WAREHOUSES: the comparison with {engine}");
    } else {
        assert!(
            home().join("done-1").exists(),
            "{engine} is not there to be compared with: run tests/setup first, or leave these tests out with PRESEND_WITHOUT_WAREHOUSES=1"
        );
    }
    left_out
}

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/warehouses")
}

fn venv() -> PathBuf {
    home().join("venv")
}

fn found(folder: &Path, start: &str) -> PathBuf {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut fitting: Vec<PathBuf> =
        entries.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start))).collect();
    fitting.sort();
    fitting.pop().unwrap_or_else(|| panic!("{start}… in {}", folder.display()))
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}

fn wait_until(what: &str, is_ready: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_ready() {
        assert!(begun.elapsed() < Duration::from_secs(90), "{what} does not start");
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn succeeds(command: &mut Command) {
    let run = command.output().expect("a program that can be started");
    assert!(run.status.success(), "{command:?}: {}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
}

/// `PostgreSQL` with a schema `crm` that has the lists, and two workers for a query.
pub(crate) struct Postgres {
    folder: TempDir,
    port: u16,
    server: Child,
}

impl Postgres {
    pub(crate) fn start(lists: &Lists) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let bin = found(Path::new("/usr/lib/postgresql"), "").join("bin");
        let data = folder.path().join("data");
        // It refuses to run as root.
        let is_root = Command::new("id").arg("-u").output().is_ok_and(|run| run.stdout == b"0\n");
        let program = |name: &str| {
            let path = bin.join(name);
            if !is_root {
                return Command::new(path);
            }
            let mut command = Command::new("setpriv");
            command.args(["--reuid=nobody", "--regid=nogroup", "--clear-groups"]).arg(path);
            command
        };
        if is_root {
            succeeds(Command::new("chown").arg("nobody:nogroup").arg(folder.path()));
        }
        succeeds(
            program("initdb")
                .arg("-D")
                .arg(&data)
                .args(["-U", "presend", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"])
                .current_dir("/"),
        );
        let port = free_port();
        let sockets = format!("unix_socket_directories={}", folder.path().display());
        let server = program("postgres")
            .arg("-D")
            .arg(&data)
            .args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", &sockets])
            .args(["-c", "max_parallel_workers_per_gather=2", "-c", "min_parallel_table_scan_size=0", "-c", "parallel_setup_cost=0"])
            .current_dir("/")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("PostgreSQL");
        let postgres = Self { folder, port, server };
        wait_until("PostgreSQL", || postgres.psql("SELECT 1").output().is_ok_and(|run| run.status.success()));
        postgres.sql("CREATE SCHEMA crm");
        for list in 0..LISTS {
            postgres.sql(&format!(
                "CREATE TABLE crm.list{list} (id bigint, email text, first_name varchar(20), country text, unsubscribed text)"
            ));
            postgres.sql(&format!("\\copy crm.list{list} FROM '{}' CSV HEADER", lists.path(&format!("list{list}.csv"))));
        }
        postgres.sql("ANALYZE");
        postgres.sql("CREATE VIEW crm.slow0 AS SELECT email FROM crm.list0 CROSS JOIN generate_series(1, 2000)");
        postgres
    }

    fn psql(&self, sql: &str) -> Command {
        let mut command = Command::new("psql");
        command.args(["-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-U", "presend", "-d", "postgres", "-c", sql]);
        command.args(["-p", &self.port.to_string()]);
        command
    }

    pub(crate) fn sql(&self, sql: &str) {
        succeeds(&mut self.psql(sql));
    }

    /// Loads a file beside the lists as a table of texts.
    pub(crate) fn load(&self, lists: &Lists, table: &str) {
        let file = lists.path(&format!("{table}.csv"));
        let text = fs::read_to_string(&file).expect("a file");
        let columns: Vec<String> = text.lines().next().expect("a header").split(',').map(|column| format!("{column} text")).collect();
        self.sql(&format!("CREATE TABLE crm.{table} ({})", columns.join(", ")));
        self.sql(&format!("\\copy crm.{table} FROM '{file}' CSV HEADER"));
    }

    /// The one value that a query has.
    pub(crate) fn ask(&self, sql: &str) -> String {
        let run = self.psql(sql).output().expect("psql");
        assert!(run.status.success(), "{sql}: {}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8_lossy(&run.stdout).trim().to_owned()
    }

    /// How one of its users reaches it.
    pub(crate) fn reach(&self, user: &str) -> Reach {
        let driver = found(&found(&venv().join("lib"), "python3").join("site-packages/adbc_driver_postgresql"), "lib");
        let flags = [
            "--warehouse-driver",
            &driver.to_string_lossy(),
            "--warehouse-dialect",
            "postgresql",
            "--warehouse-uri",
            "env:PRESEND_WAREHOUSE",
        ];
        let uri = format!("postgresql://{user}@127.0.0.1:{}/postgres", self.port);
        Reach { flags: flags.map(String::from).to_vec(), env: vec![(String::from("PRESEND_WAREHOUSE"), uri)] }
    }

    /// Kills one of its processes.
    pub(crate) fn kill(&self, pid: &str) {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).expect("a process");
        let parent = stat.rsplit(") ").next().and_then(|rest| rest.split(' ').nth(1));
        assert_eq!(parent, Some(self.server.id().to_string().as_str()), "only what was started here is killed: {stat}");
        succeeds(Command::new("kill").args(["-KILL", pid]));
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGQUIT ends it and all its workers at once.
        let _ = Command::new("kill").args(["-QUIT", &self.server.id().to_string()]).status();
        let _ = self.server.wait();
        let _ = self.folder.path();
    }
}

/// Sail as a Flight SQL server in local-cluster mode: a driver and two workers that exchange rows over the network.
pub(crate) struct Sail {
    port: u16,
    server: Child,
}

impl Sail {
    pub(crate) fn start() -> Self {
        let port = free_port();
        let server = Command::new(venv().join("bin/sail"))
            .args(["flight", "server", "--ip", "127.0.0.1", "--port", &port.to_string()])
            .env("SAIL_MODE", "local-cluster")
            .env("SAIL_CLUSTER__WORKER_INITIAL_COUNT", "2")
            .env("SAIL_CLUSTER__WORKER_MAX_COUNT", "2")
            .env("SAIL_CLUSTER__WORKER_TASK_SLOTS", "64")
            .env("SAIL_EXECUTION__DEFAULT_PARALLELISM", "4")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("Sail");
        wait_until("Sail", || TcpStream::connect(("127.0.0.1", port)).is_ok());
        Self { port, server }
    }

    pub(crate) fn reach(&self) -> Reach {
        let driver = found(&found(&venv().join("lib"), "python3").join("site-packages/adbc_driver_flightsql"), "lib");
        let uri = format!("grpc://127.0.0.1:{}", self.port);
        let flags = ["--warehouse-driver", &driver.to_string_lossy(), "--warehouse-dialect", "spark", "--warehouse-uri", &uri];
        Reach { flags: flags.map(String::from).to_vec(), env: Vec::new() }
    }

    pub(crate) fn kill(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Drop for Sail {
    fn drop(&mut self) {
        self.kill();
    }
}

/// `DuckDB`, which needs no server: a file, and a library that is the engine and its driver.
pub(crate) struct Duckdb {
    file: String,
}

impl Duckdb {
    fn library() -> String {
        home().join("duckdb/libduckdb.so").to_string_lossy().into_owned()
    }

    /// A file with the lists.
    pub(crate) fn fill(lists: &Lists) -> Self {
        let file = lists.path("shop.duckdb");
        let mut sql = vec![String::from("CREATE SCHEMA crm")];
        sql.extend((0..LISTS).map(|list| format!("CREATE TABLE crm.list{list} AS {}", from_csv(lists, &format!("list{list}")))));
        sql.push(String::from("CREATE TABLE crm.blind (email VARCHAR COLLATE NOACCENT)"));
        sql.push(String::from("INSERT INTO crm.blind SELECT email FROM crm.list0"));
        run(&file, &sql);
        Self { file }
    }

    /// The lists as Parquet beside the lists as CSV.
    pub(crate) fn write_parquet(lists: &Lists) {
        let names: Vec<String> = (0..LISTS).map(|list| format!("list{list}")).collect();
        Self::write_as_parquet(lists, &names.iter().map(String::as_str).collect::<Vec<_>>());
    }

    /// Files of these names as Parquet beside them.
    pub(crate) fn write_as_parquet(lists: &Lists, names: &[&str]) {
        let copy =
            |name: &&str| format!("COPY ({}) TO '{}' (FORMAT parquet)", from_csv(lists, name), lists.path(&format!("{name}.parquet")));
        run(":memory:", &names.iter().map(copy).collect::<Vec<_>>());
    }

    /// Loads files beside the lists as tables.
    pub(crate) fn load(&self, lists: &Lists, names: &[&str]) {
        let load = |name: &&str| format!("CREATE TABLE crm.{name} AS {}", from_csv(lists, name));
        run(&self.file, &names.iter().map(load).collect::<Vec<_>>());
    }

    pub(crate) fn reach(&self) -> Reach {
        let flags = ["--warehouse-driver", &Self::library(), "--warehouse-dialect", "duckdb", "--warehouse-uri", &self.file];
        Reach { flags: flags.map(String::from).to_vec(), env: Vec::new() }
    }
}

fn from_csv(lists: &Lists, name: &str) -> String {
    format!("SELECT * FROM read_csv('{}', header = true, all_varchar = true)", lists.path(&format!("{name}.csv")))
}

fn run(file: &str, statements: &[String]) {
    let mut driver =
        ManagedDriver::load_from_name(Duckdb::library(), Some(b"duckdb_adbc_init"), AdbcVersion::V110, LOAD_FLAG_DEFAULT, None)
            .expect("a driver");
    let database = driver.new_database_with_opts([(OptionDatabase::Other("path".into()), file.into())]).expect("a file");
    let mut connection = database.new_connection().expect("a connection");
    for sql in statements {
        let mut statement = connection.new_statement().expect("a statement");
        statement.set_sql_query(sql).expect("SQL");
        statement.execute_update().expect(sql);
    }
}
