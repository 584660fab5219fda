# versions: 5.2
# highlight, whose language definitions, themes and plug-ins are Lua programs: output in several formats is that of the
# system's library.
cd "$SCRATCH"
cat > sample.c <<'C'
/* comment */
#include <stdio.h>
int main(void) { printf("%d\n", 0x1F + 'a'); return 0; } // end
C
cat > sample.lua <<'LUA'
-- comment
local t = { 1, 2.5e3, "text\n", [[long]], key = function(...) return ... end }
for k, v in pairs(t) do print(k, v) goto done ::done:: end
LUA
cat > sample.py <<'PY'
@decorator
def f(x: int = 0x10) -> str:
    """doc"""
    return f"{x!r:>{10}}" + r'\raw'
PY
cat > sample.html <<'HTML'
<!DOCTYPE html><html><head><style>a { color: red }</style><script>var x = /re/g; // js
</script></head><body class="c">&amp;<?php echo $x; ?></body></html>
HTML
cat > sample.sh <<'SH'
for i in "$@"; do echo `date` $((i + 1)) <<EOF
text $i
EOF
done
SH
cat > plugin.lua <<'LUA'
Description = "upper-case keywords"
function syntaxUpdate(desc)
  OnStateChange = function(oldState, newState, token, group)
    if newState == HL_KEYWORD and group == 1 then return HL_KEYWORD end
    return newState
  end
  function Decorate(token, state) if state == HL_KEYWORD then return "<" .. string.upper(token) .. ">" end end
end
Plugins = { { Type = "lang", Chunk = syntaxUpdate } }
LUA
run() {
    for file in sample.c sample.lua sample.py sample.html sample.sh; do
        for format in html latex rtf ansi svg odt bbcode; do
            "$@" highlight --out-format=$format --fragment --line-numbers --style=edit-vim "$file"
        done
        "$@" highlight --out-format=html --fragment --plug-in=./plugin.lua "$file"
    done
    "$@" highlight --list-scripts=langs | sort | cksum
    "$@" highlight --list-scripts=themes | sort | cksum
}
run env > stock.out
run env LD_LIBRARY_PATH=$DIST/lib > ours.out
test "$(wc -l < ours.out)" -gt 100
cmp stock.out ours.out
LD_LIBRARY_PATH=$DIST/lib LD_DEBUG=libs LD_DEBUG_OUTPUT=loaded highlight --out-format=html sample.c > page.html
grep -q "$DIST/lib/liblua5.2.so" loaded.*
grep -q 'class="hl kwb">int<' page.html || grep -q 'int' page.html
