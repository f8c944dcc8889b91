//! The story of a rehearsal whose people stand in a warehouse: what is asked of their columns becomes part of the one statement that
//! counts them.

use super::answer::{self, Counts};
use super::columns::{self, Meant};
use super::condition::{Asked, DECIMALS, trials};
use super::conformance::TEXTS;
use super::connection::Access;
use super::fault::Doing;
use super::lane::{Lane, MOST_BITS, Places};
use super::moments::{Aged, MOST_MOMENTS, Moment, aged};
use super::question::{self, Table};
use super::session::{Looked, Named, Session, Source};
use super::table::{Cell, Kind};
use crate::audience::MOST_VALUES;
use crate::error::Error;
use crate::flows::{Ages, Asks, Condition, Found, Muster, Mustered, Wanted, date_column};
use crate::progress::Progress;
use crate::settings::WAREHOUSE;
use std::collections::BTreeMap;

/// Why a condition cannot be asked of a list: somebody is told, and the run goes on.
type Refusal = String;

/// Counts the people of a plan where they stand. `found` is what is known of those of its lists that are files, which come with their
/// rows told apart.
///
/// # Errors
/// Everything that keeps the answer from being whole and sure, in words without credentials.
pub fn muster(
    lists: &[Named<'_>],
    found: Vec<Option<Found>>,
    muster: &Muster<'_>,
    access: &Access,
    progress: &Progress,
) -> Result<Mustered, Error> {
    let (mut session, looked) = Session::begin(lists, access, progress)?;
    let mut mustered = Mustered::default();
    let (mut tables, mut by_age) = (Vec::with_capacity(lists.len()), BTreeMap::new());
    for (number, ((list, looked), known)) in lists.iter().zip(&looked).zip(found).enumerate() {
        let on = |bits: u64| bits & (1 << number) != 0;
        let mut table = Table { heard: on(muster.asked.heard), counted: on(muster.asked.counted), ..looked.table.clone() };
        let found = match (known, muster.wanted.get(number)) {
            (Some(known), _) => known,
            (None, Some(Wanted::Events(ages))) => {
                let Aged { facts, lanes, rows } = session.aged(list, looked, ages)?;
                table.lanes = lanes;
                by_age.insert(number, rows);
                Found::Events(facts)
            }
            (None, _) => {
                let (lanes, numbers) = session.conditions(list, looked, muster, &mut mustered.refused)?;
                table.lanes = lanes;
                Found::Columns(numbers)
            }
        };
        mustered.found.push(found);
        tables.push(table);
    }
    let places = Places::of(&tables);
    if places.bits > MOST_BITS {
        let what =
            format!("there are {} lists, and what is asked of their columns, and a warehouse can compare {MOST_BITS} at once", places.bits);
        return Err(Error::new(what).help("join lists of the same kind into one view, or leave some out"));
    }
    let answer = session.count(&question::sort(access.dialect, &tables, access.examples), lists.len())?;
    let counts = Counts::read(&answer, lists.len(), places.bits)?;
    mustered.parties = answer::parties(lists, (&answer, &counts), &places, muster.asked.shown)?;
    for (number, rows) in &by_age {
        answer::same_ages(&mustered.parties, &places, *number, rows)?;
    }
    Ok(mustered)
}

impl Session {
    /// The lanes of a list for the conditions whose columns it has, and those conditions.
    fn conditions(
        &mut self,
        list: &Named<'_>,
        looked: &Looked,
        muster: &Muster<'_>,
        refused: &mut BTreeMap<usize, Refusal>,
    ) -> Result<(Vec<Lane>, Vec<usize>), Error> {
        self.say("asking the columns of", list.name);
        let names: Vec<String> = looked.columns.iter().map(|column| column.name.clone()).collect();
        let (mut lanes, mut numbers) = (Vec::new(), Vec::new());
        for (number, condition, column) in muster.columns_of(&names) {
            match self.condition(list, looked, (condition, column), lanes.len())? {
                Ok(lane) => {
                    lanes.push(lane);
                    numbers.push(number);
                }
                Err(refusal) => {
                    refused.entry(number).or_insert(refusal);
                }
            }
        }
        Ok((lanes, numbers))
    }

    /// One condition as a lane: what the engine cannot decide is looked at here, and then the engine is tried.
    fn condition(
        &mut self,
        list: &Named<'_>,
        looked: &Looked,
        (condition, column): (&Condition, usize),
        at: usize,
    ) -> Result<Result<Lane, Refusal>, Error> {
        let (Some(column), from) = (looked.columns.get(column), looked.table.from.as_str()) else {
            return Ok(Err(String::from("the column is gone")));
        };
        let shown = format!("`{}` of `{}`", column.name, list.name);
        let refusal = |why: &str| Ok(Err(format!("the column {shown} {why}")));
        if column.kind == Kind::Bytes {
            return refusal("holds bytes or lists, and no text");
        }
        let name = self.dialect.quote(&column.name);
        if column.kind == Kind::Text
            && let Some(difference) = self.differs(list.name, from, &self.dialect.text(&name))?
        {
            return refusal(&format!("is not compared in the warehouse as presend does it: {difference}"));
        }
        let mut refused = String::new();
        for decimals in DECIMALS {
            let asked = Asked::of(self.dialect, &format!("c{at}"), condition, decimals);
            match self.lane((list.name, from, &name), (&asked, condition))? {
                Ok(lane) => return Ok(Ok(lane)),
                Err(why) => refused = why,
            }
            if !matches!(condition.asks, Asks::AtLeast(..) | Asks::AtMost(..)) {
                break;
            }
        }
        refusal(&refused)
    }

    /// A condition in these words as a lane, if it can be asked so.
    fn lane(
        &mut self,
        (list, from, column): (&str, &str, &str),
        (asked, condition): (&Asked, &Condition),
    ) -> Result<Result<Lane, Refusal>, Error> {
        let mut looked_at: Vec<(bool, String)> = Vec::new();
        if let Some(open) = asked.open() {
            let meant = Meant { column, name: asked.name(), that: Some(&open) };
            let Some(values) = self.values(list, from, meant)? else {
                return Ok(Err(format!(
                    "has more than {MOST_VALUES} values with letters or numbers that the warehouse does not understand as presend does"
                )));
            };
            if values.iter().any(|(value, _)| value == "@") {
                return Ok(Err(String::from("has addresses in it that only presend could decide, and addresses stay in the warehouse")));
            }
            looked_at = values.into_iter().map(|(value, _)| (condition.meets(&value), value)).collect();
        }
        let lane = asked.lane(column, &looked_at);
        Ok(match self.tried(list, from, column, (&lane, condition))? {
            None => Ok(lane),
            Some(text) => Err(format!("has texts such as {text:?}, which the warehouse does not understand as presend does")),
        })
    }

    /// The first text of which an engine says otherwise than presend whether it meets a condition.
    fn tried(&mut self, list: &str, from: &str, column: &str, (lane, condition): (&Lane, &Condition)) -> Result<Option<String>, Error> {
        let texts: Vec<String> = TEXTS.iter().map(ToString::to_string).chain(trials(condition)).collect();
        let answer = self.connection.ask(Doing::Probe(list.to_owned()), &columns::tried(self.dialect, from, column, lane, &texts))?;
        let mut told: BTreeMap<usize, i64> = BTreeMap::new();
        for row in &answer.rows {
            if let (Some(at), Some(lane)) = (row.first().and_then(size), row.get(1).and_then(Cell::number)) {
                told.insert(at, lane);
            }
        }
        let is_wrong = |(at, text): (usize, &String)| {
            let meets = i64::from(condition.meets(text));
            told.get(&at).is_none_or(|told| *told != meets && *told != i64::from(Lane::UNSEEN)).then(|| text.clone())
        };
        Ok(texts.iter().enumerate().find_map(is_wrong))
    }

    /// The events of a list told apart by age.
    fn aged(&mut self, list: &Named<'_>, looked: &Looked, ages: &Ages) -> Result<Aged, Error> {
        let names: Vec<String> = looked.columns.iter().map(|column| column.name.clone()).collect();
        let Source::Warehouse(shown) = list.source else { return Err(Error::new("a file is not looked up in a warehouse")) };
        self.say("looking at the dates of", list.name);
        let column = date_column(&names, ages.date.as_deref(), &format!("{WAREHOUSE}{shown}"))?.and_then(|at| looked.columns.get(at));
        let quoted = column.map(|column| (column.name.as_str(), self.dialect.quote(&column.name)));
        let Some((name, quoted)) = &quoted else {
            // Without dates there is one value, and no row has it.
            let moments = self.moments(list, &looked.table, "''")?;
            return aged(self.dialect, list.name, None, moments, ages);
        };
        let of_text = column.is_some_and(|column| column.kind == Kind::Text);
        if of_text && let Some(difference) = self.differs(list.name, &looked.table.from, &self.dialect.text(quoted))? {
            let what = format!(
                "the dates in the column `{name}` of `{}` are not compared in the warehouse as presend does it: {difference}",
                list.name
            );
            return Err(Error::new(what).help("name a query that gives the column a binary collation, such as `COLLATE \"C\"`"));
        }
        let moments = self.moments(list, &looked.table, quoted)?;
        let bad = |what: String, help: &str| Err(Error::new(what).help(help.to_owned()));
        if moments.len() > MOST_MOMENTS {
            return bad(
                format!("the column `{name}` of `{}` has more than {MOST_MOMENTS} different dates", list.name),
                "name a query in which they are cut to the hour or the day, such as SELECT email, CAST(shipped_at AS date) AS shipped_at FROM shop.orders",
            );
        }
        if moments.iter().any(|moment| moment.value == "@") {
            return bad(
                format!("the column `{name}` of `{}` holds addresses, and no dates", list.name),
                "name the column: date = \"COLUMN\"",
            );
        }
        aged(self.dialect, list.name, Some((name, quoted)), moments, ages)
    }

    fn moments(&mut self, list: &Named<'_>, table: &Table, column: &str) -> Result<Vec<Moment>, Error> {
        let sql = columns::moments(self.dialect, table, column, MOST_MOMENTS + 1);
        let answer = self.connection.ask(Doing::Profile(list.name.to_owned()), &sql)?;
        let moment = |row: &Vec<Cell>| {
            let count = |at: usize| row.get(at).and_then(size).and_then(|count| u64::try_from(count).ok());
            Some(Moment { value: row.first()?.text()?.to_owned(), rows: count(1)?, of_people: count(2)? })
        };
        answer.rows.iter().map(|row| moment(row).ok_or_else(answer::not_understood)).collect()
    }
}

fn size(cell: &Cell) -> Option<usize> {
    usize::try_from(cell.number()?).ok()
}
