//! The door to a warehouse: a driver of ADBC (<https://arrow.apache.org/adbc>) that is loaded when a list names one, and never before.

use super::dialect::Dialect;
use super::fault::{Doing, Fault, Veil};
use super::table::{Answer, Cell as Value, Column, Kind};
use crate::audience::Standee;
use crate::error::Error;
use crate::probe::{Cancel, listen};
use adbc_core::options::{AdbcVersion, OptionDatabase, OptionStatement};
use adbc_core::{Connection as _, Database as _, Driver as _, LOAD_FLAG_DEFAULT, Optionable as _, Statement as _};
use adbc_driver_manager::{ManagedConnection, ManagedDriver, ManagedStatement};
use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    Decimal128Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, Int64Array, RecordBatch, RecordBatchReader, StringArray};
use arrow_schema::{DataType, Field, Schema};
use std::cell::Cell;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How a warehouse is come by: nothing in it is to be looked up any more.
#[derive(Clone)]
pub struct Access {
    /// A driver's name, or its file.
    pub driver: String,
    /// Folders in which the file of a driver may lie.
    pub folders: Vec<PathBuf>,
    /// Where the warehouse is.
    pub uri: Option<String>,
    /// Further options of the driver.
    pub options: Vec<(String, String)>,
    /// The SQL that it speaks.
    pub dialect: Dialect,
    /// How long one statement may take.
    pub limit: Duration,
    /// Whether a few people are shown, masked.
    pub examples: bool,
}

/// More rows than any answer has that consists of counts.
const MOST_ROWS: usize = 4_000_000;
/// How much longer than the engine's own limit is waited for its word that it was reached.
const GRACE: Duration = Duration::from_secs(5);
/// How often it is looked whether somebody wants to end it.
const TICK: Duration = Duration::from_millis(50);

/// An open session.
pub(super) struct Connection {
    inner: ManagedConnection,
    limit: Duration,
    /// Whether somebody has ended it, or a statement was given up: nothing more is asked then.
    is_over: Cell<bool>,
    pub(super) veil: Veil,
}

impl Connection {
    /// Loads the driver, opens a session and makes it one that only reads, as far as the engine knows such.
    pub(super) fn open(access: &Access) -> Result<Self, Error> {
        let veil = Veil::over(access);
        let at = |doing: Doing| veil.clone().fault(doing);
        let mut driver = load(access).map_err(|error| at(Doing::Load(access.driver.clone())).of(&error))?;
        let uri = access.uri.iter().map(|uri| (uri_option(access), uri.as_str().into()));
        let options = access.options.iter().map(|(name, value)| (OptionDatabase::from(name.as_str()), value.as_str().into()));
        let opened = driver.new_database_with_opts(uri.chain(options)).and_then(|database| database.new_connection());
        let inner = opened.map_err(|error| at(Doing::Connect).of(&error))?;
        Ok(Self { inner, limit: access.limit, is_over: Cell::new(false), veil })
    }

    /// Says something to the engine that has no answer.
    pub(super) fn tell(&mut self, sql: &str) -> Result<(), Error> {
        self.ask(Doing::Prepare, sql).map(|_| ())
    }

    /// Asks one statement, and takes the whole of its answer or nothing.
    pub(super) fn ask(&mut self, doing: Doing, sql: &str) -> Result<Answer, Error> {
        self.ask_with(doing, sql, &[])
    }

    /// Asks `PostgreSQL` for a plan, which it does not give in the way in which its driver takes rows.
    pub(super) fn explain(&mut self, doing: Doing, sql: &str) -> Result<Answer, Error> {
        self.ask_with(doing, sql, &[("adbc.postgresql.use_copy", "false")])
    }

    fn ask_with(&mut self, doing: Doing, sql: &str, options: &[(&str, &str)]) -> Result<Answer, Error> {
        let fault = self.veil.clone().fault(doing);
        if self.is_over.get() {
            return Err(fault.interrupted());
        }
        let mut statement = self.inner.new_statement().map_err(|error| fault.of(&error))?;
        for (name, value) in options {
            statement.set_option(OptionStatement::Other((*name).to_owned()), (*value).into()).map_err(|error| fault.of(&error))?;
        }
        statement.set_sql_query(sql).map_err(|error| fault.of(&error))?;
        self.run(&fault, statement, |statement| take(statement.execute()?))
    }

    /// Puts the people of a list into a table that is gone when the session ends, with what the list says of them.
    pub(super) fn put(
        &mut self,
        doing: &Doing,
        table: &str,
        lanes: usize,
        people: impl Iterator<Item = Result<Vec<Standee>, Error>>,
    ) -> Result<(), Error> {
        for batch in people {
            let batch = batch?;
            let fault = self.veil.clone().fault(doing.clone());
            let mut statement = self.inner.new_statement().map_err(|error| fault.of(&error))?;
            let ready = statement
                .set_option(OptionStatement::TargetTable, table.into())
                .and_then(|()| statement.set_option(OptionStatement::IngestMode, "adbc.ingest.mode.create_append".into()))
                .and_then(|()| statement.set_option(OptionStatement::Temporary, true.into()))
                .and_then(|()| statement.bind(batch_of(&batch, lanes)?));
            ready.map_err(|error| fault.of(&error))?;
            self.run(&fault, statement, |statement| statement.execute_update().map(|_| Answer::default()))?;
        }
        Ok(())
    }

    /// Lets a statement run beside this thread, and ends it where it takes too long.
    fn run(
        &self,
        fault: &Fault,
        mut statement: ManagedStatement,
        work: impl FnOnce(&mut ManagedStatement) -> adbc_core::error::Result<Answer> + Send + 'static,
    ) -> Result<Answer, Error> {
        let handle = statement.get_cancel_handle();
        let (done, is_done) = channel();
        std::thread::spawn(move || {
            let answer = work(&mut statement);
            // Whoever waited may have gone.
            let _ = done.send(answer);
        });
        let cancel = Cancel::default();
        let _listening = listen(&cancel);
        let (begun, most) = (Instant::now(), self.limit.saturating_add(GRACE));
        loop {
            match is_done.recv_timeout(TICK) {
                Ok(answer) => return answer.map_err(|error| fault.of(&error)),
                Err(RecvTimeoutError::Disconnected) => return Err(fault.broken()),
                Err(RecvTimeoutError::Timeout) if cancel.is_cancelled() || begun.elapsed() > most => {
                    let _ = handle.try_cancel();
                    self.is_over.set(true);
                    // The word of the engine that it has ended is waited for, but not for long.
                    let _ = is_done.recv_timeout(GRACE);
                    return Err(if cancel.is_cancelled() { fault.interrupted() } else { fault.too_long(self.limit) });
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

/// `DuckDB` calls the place of its file otherwise than all the others.
fn uri_option(access: &Access) -> OptionDatabase {
    if access.dialect == Dialect::Duckdb { OptionDatabase::Other(String::from("path")) } else { OptionDatabase::Uri }
}

fn load(access: &Access) -> adbc_core::error::Result<ManagedDriver> {
    let entry = (access.dialect == Dialect::Duckdb).then_some(b"duckdb_adbc_init".as_slice());
    let open = |name: &std::ffi::OsStr| ManagedDriver::load_from_name(name, entry, AdbcVersion::V110, LOAD_FLAG_DEFAULT, None);
    let beside = access.folders.iter().find(|path| path.is_file());
    open(access.driver.as_ref()).or_else(|error| beside.map_or(Err(error), |path| open(path.as_os_str())))
}

fn batch_of(people: &[Standee], lanes: usize) -> adbc_core::error::Result<RecordBatch> {
    let mut fields = vec![Field::new("email", DataType::Utf8, false), Field::new("standing", DataType::Int64, false)];
    let standings: Int64Array = people.iter().map(|one| Some(one.standing as i64)).collect();
    let mut columns: Vec<Arc<dyn Array>> =
        vec![Arc::new(StringArray::from_iter_values(people.iter().map(|one| &one.key))), Arc::new(standings)];
    for lane in 0..lanes {
        fields.push(Field::new(format!("lane{lane}"), DataType::Int64, false));
        let is_on = |one: &Standee| Some(i64::from(one.lanes >> lane & 1 != 0));
        columns.push(Arc::new(people.iter().map(is_on).collect::<Int64Array>()));
    }
    Ok(RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)?)
}

/// The whole answer. A reader that breaks off has given nothing.
fn take(reader: Box<dyn RecordBatchReader + Send>) -> adbc_core::error::Result<Answer> {
    let columns = reader.schema().fields().iter().map(|field| column(field)).collect();
    let mut answer = Answer { columns, rows: Vec::new() };
    for batch in reader {
        let batch = batch?;
        if answer.rows.len() + batch.num_rows() > MOST_ROWS {
            let error = adbc_core::error::Error::with_message_and_status(
                "more rows came back than counts can be",
                adbc_core::error::Status::InvalidData,
            );
            return Err(error);
        }
        answer.rows.extend((0..batch.num_rows()).map(|row| batch.columns().iter().map(|column| cell(column.as_ref(), row)).collect()));
    }
    Ok(answer)
}

fn column(field: &Field) -> Column {
    let named = field.metadata().get("ADBC:postgresql:typname").map(String::as_str);
    let kind = match field.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Kind::Text,
        _ if named == Some("citext") => Kind::Text,
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => Kind::Bytes,
        other if other.is_nested() => Kind::Bytes,
        _ => Kind::Scalar,
    };
    Column { name: field.name().clone(), kind, type_name: named.map_or_else(|| field.data_type().to_string().to_lowercase(), String::from) }
}

/// One value; what presend never asks for is none.
fn cell(array: &dyn Array, row: usize) -> Value {
    if array.is_null(row) {
        return Value::Null;
    }
    let whole = |number: Option<i64>| number.map_or(Value::Null, Value::Number);
    match array.data_type() {
        DataType::Int8 => Value::Number(array.as_primitive::<Int8Type>().value(row).into()),
        DataType::Int16 => Value::Number(array.as_primitive::<Int16Type>().value(row).into()),
        DataType::Int32 => Value::Number(array.as_primitive::<Int32Type>().value(row).into()),
        DataType::Int64 => Value::Number(array.as_primitive::<Int64Type>().value(row)),
        DataType::UInt8 => Value::Number(array.as_primitive::<UInt8Type>().value(row).into()),
        DataType::UInt16 => Value::Number(array.as_primitive::<UInt16Type>().value(row).into()),
        DataType::UInt32 => Value::Number(array.as_primitive::<UInt32Type>().value(row).into()),
        DataType::UInt64 => whole(i64::try_from(array.as_primitive::<UInt64Type>().value(row)).ok()),
        DataType::Decimal128(_, 0) => whole(i64::try_from(array.as_primitive::<Decimal128Type>().value(row)).ok()),
        #[allow(clippy::cast_possible_truncation, reason = "only whole numbers that a double holds exactly pass")]
        DataType::Float64 => {
            let number = array.as_primitive::<Float64Type>().value(row);
            whole((number.fract() == 0.0 && number.abs() < 9e15).then_some(number as i64))
        }
        DataType::Utf8 => Value::Text(array.as_string::<i32>().value(row).to_owned()),
        DataType::LargeUtf8 => Value::Text(array.as_string::<i64>().value(row).to_owned()),
        DataType::Utf8View => Value::Text(array.as_string_view().value(row).to_owned()),
        _ => Value::Null,
    }
}
