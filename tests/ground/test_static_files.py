"""Our stylesheet and scripts stay small: bytes as they are served, together and compressed."""

import gzip
from pathlib import Path

import pytest

from innovation_pool.web.static_files import as_served

STATIC = Path(__file__).resolve().parents[2] / "static"
OURS = sorted([*STATIC.rglob("*.css"), *STATIC.rglob("*.js")])
MOST_BYTES, MOST_COMPRESSED, MOST_FILES = 41_900, 12_450, 4


def served(path: Path) -> bytes:
    name = path.relative_to(STATIC).as_posix()
    return as_served(name, path.read_text(encoding="utf-8")).encode("utf-8")


def test_style_and_scripts_are_few_and_small():
    files = [served(path) for path in OURS]
    assert 2 <= len(files) <= MOST_FILES
    assert sum(map(len, files)) <= MOST_BYTES
    assert sum(len(gzip.compress(file, 9)) for file in files) <= MOST_COMPRESSED


@pytest.mark.parametrize(
    ("name", "written", "kept"),
    [
        ("css/app.css", "/* why */\na > b,\nc :hover { color: red; }\n", "a>b,c :hover{color:red}"),
        ("css/app.css", '.a::before { content: " > ; " }', '.a::before{content:" > ; "}'),
        ("css/app.css", "a { width: calc(1px + 2px) }", "a{width:calc(1px + 2px)}"),
        (
            "css/app.css",
            "@media (width <= 7px) { a { b: c !important } }",
            "@media (width<=7px){a{b:c!important}}",
        ),
        ("js/a.js", '// why\nif (a) {\n  b("// kept"); // told\n}\n', 'if(a){\nb("// kept");// told\n}'),
        ("js/a.js", "a = b => c ? `x = ${d} ;` : ' , ' ;", "a=b=>c?`x = ${d} ;`:' , ';"),
        ("js/a.js", "if (/^(a|b),$/.test(c) && d) return -1;", "if(/^(a|b),$/.test(c)&&d)return-1;"),
        ("js/a.js", "const { a } = b, c = d + +e - -f;", "const{a}=b,c=d + +e - -f;"),
        ("other/a.css", "a { b: c }", "a { b: c }"),
    ],
)
def test_only_what_is_written_for_people_goes(name, written, kept):
    assert as_served(name, written) == kept


def test_no_text_of_a_script_runs_over_several_lines():
    for path in OURS:
        assert path.suffix != ".js" or all(
            line.count("`") % 2 == 0 for line in path.read_text(encoding="utf-8").splitlines()
        ), path.name
