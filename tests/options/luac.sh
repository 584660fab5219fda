# The compiler: options, messages, exit codes, files. (What a listing looks like depends on the instruction set.)
# Where no stock compiler can serve for comparison a check judges itself, and says `wrong`.
trap 'echo "exit $?"' EXIT

# check: no arguments
luac5.4
# check: version
luac5.4 -v
# check: version with files
echo 'x = 1' > s.lua
luac5.4 -v s.lua
ls
# check: unknown option
luac5.4 -z
# check: option with extra characters
luac5.4 -ll s.lua
# check: parse only
echo 'x = 1' > s.lua
luac5.4 -p s.lua
ls
# check: parse only with errors
echo 'x = = 1' > s.lua
luac5.4 -p s.lua
# check: parse several
echo 'x = 1' > a.lua
echo 'y y' > b.lua
luac5.4 -p a.lua b.lua
# check: missing file
# differs in 5.4.4: another wording
luac5.4 nothing.lua 2>&1 | sed 's/cannot open.*nothing/cannot open nothing/'
# check: default output
echo 'print("compiled", ...)' > s.lua
luac5.4 s.lua
ls
lua5.4 luac.out a b
# check: named output
echo 'print("compiled")' > s.lua
luac5.4 -o out.luac s.lua
lua5.4 out.luac
# check: output to standard output
echo 'print("compiled")' > s.lua
luac5.4 -o - s.lua | lua5.4 -
# check: output needs a name
luac5.4 -o
# check: output followed by an option
luac5.4 -o -p
# check: output with an empty name
luac5.4 -o ''
# check: output that cannot be opened
echo 'x = 1' > s.lua
luac5.4 -o no/such/file s.lua
# check: output that cannot be written
echo 'x = 1' > s.lua
luac5.4 -o /dev/full s.lua
# check: stripped
printf 'local function f()\n  error("here")\nend\nf()\n' > s.lua
luac5.4 -s s.lua
lua5.4 luac.out
# check: not stripped
printf 'local function f()\n  error("here")\nend\nf()\n' > s.lua
luac5.4 s.lua
lua5.4 luac.out
# check: several files
# differs in 5.4.4: a double free there
echo 'print("first", ...)  x = 1' > a.lua
echo 'print("second", ...) return 5' > b.lua
echo 'local y = x; print("third", y, (function() return y + 1 end)())' > c.lua
luac5.4 a.lua b.lua c.lua
test "$(lua5.4 luac.out arg)" = "$(printf 'first\nsecond\nthird\t1\t2')" || echo wrong
# check: several files stripped
# differs in 5.4.4: a double free there
echo 'print("first") x = 1' > a.lua
echo 'print("second", x) error("e")' > b.lua
luac5.4 -s a.lua b.lua
test "$(lua5.4 luac.out 2>&1 | head -3)" = "$(printf 'first\nsecond\t1\nlua5.4: e')" || echo wrong
# check: several files with error
# differs in 5.4.4: a double free there
echo 'print("first")' > a.lua
printf '\nlocal t = nil\nt.x = 1\n' > b.lua
luac5.4 a.lua b.lua
test "$(lua5.4 luac.out 2>&1 | head -2)" = "$(printf "first\nlua5.4: b.lua:3: attempt to index a nil value (local 't')")" || echo wrong
# check: standard input
echo 'print("from stdin")' | luac5.4 -
lua5.4 luac.out
# check: standard input with errors
echo 'x x' | luac5.4 -p -
# check: standard input among files
# differs in 5.4.4: a double free there
echo 'print("file")' > a.lua
echo 'print("stdin")' | luac5.4 a.lua -
test "$(lua5.4 luac.out)" = "$(printf 'file\nstdin')" || echo wrong
# check: double dash
echo 'print("dash")' > -x.lua
luac5.4 -- -x.lua
lua5.4 luac.out
# check: double dash with version
luac5.4 -v --
# check: compiling a chunk again
echo 'print("again")' > s.lua
luac5.4 -o a.out s.lua
luac5.4 -s -o b.out a.out
lua5.4 b.out
# check: refuses garbage
printf '\033Luaxxxx' > bad
luac5.4 -p bad
# check: listing of the default file when missing
luac5.4 -l
# check: parse of the default file when missing
luac5.4 -p
# check: listing tells its functions
echo 'local function f(a, ...) return a end print(f(1))' > s.lua
luac5.4 -l -p s.lua | grep -c '^main\|^function'
luac5.4 -l s.lua > /dev/null && ls
luac5.4 -l | grep -c '^main\|^function'
luac5.4 -l -l -p s.lua | grep -c '^constants\|^locals\|^upvalues'
# check: program name in messages
luac5.4 -z 2>&1 | head -1
luac5.4 -p nothing 2>&1 | cut -c1-8
