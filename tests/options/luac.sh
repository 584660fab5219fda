# The compiler: options, messages, exit codes, files. (What a listing looks like depends on the instruction set.)
# Where no stock compiler can serve for comparison a check judges itself, and says `wrong`.
trap 'echo "exit $?"' EXIT

# check: no arguments
$LUAC
# check: version
$LUAC -v
# check: version with files
echo 'x = 1' > s.lua
$LUAC -v s.lua
ls
# check: unknown option
$LUAC -z
# check: option with extra characters
$LUAC -ll s.lua
# check: parse only
echo 'x = 1' > s.lua
$LUAC -p s.lua
ls
# check: parse only with errors
echo 'x = = 1' > s.lua
$LUAC -p s.lua
# check: parse several
echo 'x = 1' > a.lua
echo 'y y' > b.lua
$LUAC -p a.lua b.lua
# check: missing file
# differs in 5.4.4: another wording
$LUAC nothing.lua 2>&1 | sed 's/cannot open.*nothing/cannot open nothing/'
# check: default output
echo 'print("compiled", ...)' > s.lua
$LUAC s.lua
ls
$LUA luac.out a b
# check: named output
echo 'print("compiled")' > s.lua
$LUAC -o out.luac s.lua
$LUA out.luac
# check: output to standard output
echo 'print("compiled")' > s.lua
$LUAC -o - s.lua | $LUA -
# check: output needs a name
$LUAC -o
# check: output followed by an option
$LUAC -o -p
# check: output with an empty name
$LUAC -o ''
# check: output that cannot be opened
echo 'x = 1' > s.lua
$LUAC -o no/such/file s.lua
# check: output that cannot be written
echo 'x = 1' > s.lua
$LUAC -o /dev/full s.lua
# check: stripped
printf 'local function f()\n  error("here")\nend\nf()\n' > s.lua
$LUAC -s s.lua
$LUA luac.out
# check: not stripped
printf 'local function f()\n  error("here")\nend\nf()\n' > s.lua
$LUAC s.lua
$LUA luac.out
# check: several files
# differs in 5.4.4: a double free there
echo 'print("first", ...)  x = 1' > a.lua
echo 'print("second", ...) return 5' > b.lua
echo 'local y = x; print("third", y, (function() return y + 1 end)())' > c.lua
$LUAC a.lua b.lua c.lua
test "$($LUA luac.out arg)" = "$(printf 'first\nsecond\nthird\t1\t2')" || echo wrong
# check: several files stripped
# differs in 5.4.4: a double free there
# Before 5.2, print keeps back what an error message then overtakes.
# versions: 5.2+
echo 'print("first") x = 1' > a.lua
echo 'print("second", x) error("e")' > b.lua
$LUAC -s a.lua b.lua
test "$($LUA luac.out 2>&1 | head -3)" = "$(printf 'first\nsecond\t1\n%s: e' "$LUA")" || echo wrong
# check: several files with error
# differs in 5.4.4: a double free there
echo 'print("first")' > a.lua
printf '\nlocal t = nil\nt.x = 1\n' > b.lua
$LUAC a.lua b.lua
test "$($LUA luac.out 2>&1 | grep -c "^first$\|^$LUA: b.lua:3: attempt to index ")" = 2 || echo wrong
# check: standard input
echo 'print("from stdin")' | $LUAC -
$LUA luac.out
# check: standard input with errors
echo 'x x' | $LUAC -p -
# check: standard input among files
# differs in 5.4.4: a double free there
echo 'print("file")' > a.lua
echo 'print("stdin")' | $LUAC a.lua -
test "$($LUA luac.out)" = "$(printf 'file\nstdin')" || echo wrong
# check: double dash
echo 'print("dash")' > -x.lua
$LUAC -- -x.lua
$LUA luac.out
# check: double dash with version
$LUAC -v --
# check: compiling a chunk again
echo 'print("again")' > s.lua
$LUAC -o a.out s.lua
$LUAC -s -o b.out a.out
$LUA b.out
# check: refuses garbage
printf '\033Luaxxxx' > bad
$LUAC -p bad
# check: listing of the default file when missing
$LUAC -l
# check: parse of the default file when missing
$LUAC -p
# check: listing tells its functions
echo 'local function f(a, ...) return a end print(f(1))' > s.lua
$LUAC -l -p s.lua | grep -c '^main\|^function'
$LUAC -l s.lua > /dev/null && ls
$LUAC -l | grep -c '^main\|^function'
$LUAC -l -l -p s.lua | grep -c '^constants\|^locals\|^upvalues'
# check: program name in messages
$LUAC -z 2>&1 | head -1
$LUAC -p nothing 2>&1 | cut -c1-8
