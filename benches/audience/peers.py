#!/usr/bin/env python3
"""The same question to presend and to four engines: how many people stand on exactly which of six lists.

    python3 -m venv peers && peers/bin/pip install duckdb polars datafusion chdb
    cargo bench --bench audience -- write LISTS          # some 1.6 GB
    cargo build --release
    peers/bin/python benches/audience/peers.py LISTS [RUNS]

Every run is a process of its own, and the engines take turns. Printed are the medians of wall time, processor time
and peak memory, as they are and as multiples of presend's. The counts of all must be equal, or the script stops.
An address is compared trimmed and in lower case; rows without an @ are nobody.
"""

import json, os, resource, statistics, subprocess, sys, time
from pathlib import Path

LISTS = "abcdef"
SELECT = " union all ".join(
    f"select lower(trim(email)) as e, {1 << at} as m from {{{name}}}" for at, name in enumerate(LISTS)
)


def duckdb(folder):
    import duckdb
    base = duckdb.connect()
    base.execute(f"set threads = {os.cpu_count()}")
    tables = {n: f"read_csv('{folder}/{n}.csv', header = true, all_varchar = true)" for n in LISTS}
    query = SELECT.format(**tables)
    return base.execute(f"select m, count(*) from (select e, bit_or(m) as m from ({query}) where e like '%@%' group by e) group by m").fetchall()


def polars(folder):
    import polars as pl
    def one(at, name):
        e = pl.col("email").str.strip_chars().str.to_lowercase()
        return pl.scan_csv(f"{folder}/{name}.csv", infer_schema=False).select(e=e, m=pl.lit(1 << at, pl.UInt32))
    rows = pl.concat([one(at, name) for at, name in enumerate(LISTS)]).filter(pl.col("e").str.contains("@", literal=True))
    people = rows.group_by("e").agg(pl.col("m").bitwise_or()).group_by("m").agg(pl.len())
    return people.collect(engine="streaming").rows()


def datafusion(folder):
    import datafusion
    config = datafusion.SessionConfig().with_target_partitions(os.cpu_count())
    base = datafusion.SessionContext(config)
    for name in LISTS:
        base.register_csv(f"list_{name}", f"{folder}/{name}.csv", has_header=True, schema_infer_max_records=10)
    query = SELECT.format(**{n: f"list_{n}" for n in LISTS})
    batches = base.sql(f"select m, count(*) as n from (select e, bit_or(m) as m from ({query}) where e like '%@%' group by e) group by m").collect()
    return [pair for batch in batches for pair in zip(batch.column(0).to_pylist(), batch.column(1).to_pylist())]


def clickhouse(folder):
    import chdb
    tables = {n: f"file('{folder}/{n}.csv', 'CSVWithNames', 'email String, first_name String, last_name String, status String, created_at String')" for n in LISTS}
    query = SELECT.format(**tables)
    text = str(chdb.query(f"select m, count() from (select e, groupBitOr(m) as m from ({query}) where e like '%@%' group by e) group by m", "CSV"))
    return [tuple(map(int, line.split(","))) for line in text.split()]


PEERS = {"ClickHouse (chdb)": clickhouse, "Polars": polars, "DataFusion": datafusion, "DuckDB": duckdb}


def presend(folder):
    binary = Path(__file__).parents[2] / os.environ.get("CARGO_TARGET_DIR", "target") / "release" / "presend"
    command = [binary, "audience", *(f"{folder}/{name}.csv" for name in LISTS), "--format", "json"]
    answer = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return [(sum(1 << at for at in c["lists"]), c["people"]) for c in answer["combinations"]]


def measured(name, folder):
    """One run in a process of its own; the peak is that of the process that works, or of its child."""
    start = time.perf_counter()
    answer = subprocess.run([sys.executable, __file__, "--one", name, folder], check=True, capture_output=True, text=True)
    wall = time.perf_counter() - start
    said = json.loads(answer.stdout.splitlines()[-1])
    return {"wall": wall, **said}


def one(name, folder):
    answer = presend(folder) if name == "presend" else PEERS[name](folder)
    own, child = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = sum(r.ru_utime + r.ru_stime for r in (own, child))
    peak = max(own.ru_maxrss, child.ru_maxrss) if name != "presend" else child.ru_maxrss
    print(json.dumps({"counts": sorted([int(m), int(n)] for m, n in answer), "cpu": cpu, "peak": peak / 1024}))


def main():
    folder, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3
    names = ["presend", *PEERS]
    results = {name: [] for name in names}
    for _ in range(runs):
        for name in names:
            results[name].append(measured(name, folder))
            if results[name][-1]["counts"] != results["presend"][0]["counts"]:
                sys.exit(f"{name} counts otherwise: {results[name][-1]['counts']} and not {results['presend'][0]['counts']}")
    middle = {name: {key: statistics.median(run[key] for run in results[name]) for key in ("wall", "cpu", "peak")} for name in names}
    own = middle["presend"]
    print(f"{len(results['presend'][0]['counts'])} combinations, {sum(n for _, n in results['presend'][0]['counts'])} people, equal everywhere")
    print("| | wall s | | cpu s | | peak MB | |\n|---|---|---|---|---|---|---|")
    for name, m in middle.items():
        cells = (f"{m[key]:.2f} | {m[key] / own[key]:.1f}×" if key != "peak" else f"{m[key]:.0f} | {m[key] / own[key]:.1f}×" for key in own)
        print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    one(*sys.argv[2:]) if sys.argv[1] == "--one" else main()
