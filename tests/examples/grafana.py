#!/usr/bin/env python3
"""Every query of examples/grafana.json against the store `news` of psql's database, Grafana's macros and variables replaced."""
import json
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SINCE, UNTIL = "2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z"
VARIABLES = {"${store}": "news", "${speaker:sqlstring}": "''"}
failed = 0


def ok(holds, what, found=""):
    global failed
    failed += not holds
    print(("ok - " if holds else "not ok - ") + what + ("" if holds else f": {found}"))


def replaced(sql):
    sql = re.sub(r"\$__timeFilter\(([^()]*)\)", rf"\1 BETWEEN '{SINCE}' AND '{UNTIL}'", sql)
    for name, value in VARIABLES.items():
        sql = sql.replace(name, value)
    return sql


def rows(sql):
    """Column names and types, and the number of rows."""
    run = subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1"], capture_output=True, text=True,
                         input=f"CREATE TEMP TABLE answer AS {sql};\nSELECT json_object_agg(attname, format_type(atttypid, NULL)) FROM pg_attribute "
                               "WHERE attrelid = 'answer'::regclass AND attnum > 0;\nSELECT count(*) FROM answer;")
    if run.returncode:
        return None, run.stderr
    columns, n = run.stdout.strip().split("\n")
    return json.loads(columns), int(n)


dashboard = json.loads((ROOT / "examples/grafana.json").read_text())
panels = dashboard["panels"]
ok(len({p["id"] for p in panels}) == len(panels) and len({p["title"] for p in panels}) == len(panels), "panels have ids and titles of their own")
cells = [(x, y) for p in panels for x in range(p["gridPos"]["x"], p["gridPos"]["x"] + p["gridPos"]["w"]) for y in range(p["gridPos"]["y"], p["gridPos"]["y"] + p["gridPos"]["h"])]
ok(len(cells) == len(set(cells)) and max(x for x, _ in cells) < 24, "panels lie beside each other in 24 columns")
for variable in dashboard["templating"]["list"]:
    if variable["type"] == "query":
        columns, n = rows(variable["query"])
        ok(columns and n > 0, f"variable {variable['name']}: a query with rows", n)
for panel in panels:
    for target in panel["targets"]:
        sql = replaced(target["rawSql"])
        columns, n = rows(sql)
        ok(columns and n > 0 and "$" not in sql, f"panel {panel['title']}: a query with rows", n or sql)
        if target["format"] == "time_series":
            ok(columns and list(columns) == ["time", "metric", "value"] and columns["time"].startswith("timestamp"), f"panel {panel['title']}: time, metric, value", columns)
raise SystemExit(failed > 0)
