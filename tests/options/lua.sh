# Options, environment, arguments and exit codes of the interpreter. Every check prints the exit code of its last command.
trap 'echo "exit $?"' EXIT
suffix=$(echo "$V" | tr . _)

# Interrupts the program, whose script has made a file just before its loop.
interrupt() {
    while ! [ -e started ]; do sleep 0.05; done
    sleep 0.3
    kill -INT $pid
    wait $pid
}

# check: version
$LUA -v
# check: version before script
echo 'print("ran")' > s.lua
$LUA -v s.lua
# check: version and statement
$LUA -v -e 'print(1)'
# check: statement
$LUA -e 'print(1 + 1)'
# check: statement glued
$LUA -e'print("glued")'
# check: several statements
$LUA -e 'a = 1' -e 'b = 2' -e 'print(a + b)'
# check: statement and script
echo 'print(x, ...)' > s.lua
$LUA -e 'x = 5' s.lua one two
# check: statement needs an argument
$LUA -e
# check: statement followed by an option
$LUA -e -v
# check: library needs an argument
$LUA -l
# check: library followed by an option
export LUA_PATH="./?.lua" LUA_CPATH="./?.so"
$LUA -l -e 'x'
# check: unknown option
$LUA -z
# check: unknown long option
$LUA --version
# check: option with extra characters
$LUA -vv
# check: other options with extra characters
$LUA -ix; echo $?
$LUA -Ex; echo $?
$LUA -Wx; echo $?
$LUA -vi
# check: option help
$LUA -h
# check: library
echo 'return {value = "from module"}' > mod.lua
$LUA -l mod -e 'print(mod.value)'
# check: library glued
echo 'return {value = "from module"}' > mod.lua
$LUA -lmod -e 'print(mod.value)'
# check: library into a name
export LUA_PATH="./?.lua" LUA_CPATH="./?.so"
# differs in 5.4.4: '-l g=mod' came later there in one form
echo 'return {value = "named"}' > mod.lua
$LUA -l g=mod -e 'print(g.value, mod)'
# check: library with a version suffix
export LUA_PATH="./?.lua" LUA_CPATH="./?.so"
# differs in 5.4.4: the suffix was not cut
echo 'return {value = "v2"}' > mod-v2.lua
$LUA -l mod-v2 -e 'print(mod.value)'
# check: standard library by option
export LUA_PATH="./?.lua" LUA_CPATH="./?.so"
$LUA -l s=string -e 'print(s == string)'
# check: missing library
# differs in 5.4.4: other default paths
LUA_PATH='./?.lua' LUA_CPATH='./?.so' $LUA -l nothing
# check: library with an error
echo 'error("in module")' > mod.lua
LUA_PATH='./?.lua' $LUA -l mod
# check: error in statement
$LUA -e 'error("oops")'
# check: syntax error in statement
$LUA -e 'x ='
# check: error stops later options
$LUA -e 'error("first", 0)' -e 'print("second")'
# check: error object in statement
$LUA -e 'error({})'
# check: error nil in statement
$LUA -e 'error()'
# check: error with tostring in statement
$LUA -e 'error(setmetatable({}, {__tostring = function() return "nice" end}))'
# check: missing script
$LUA nothing.lua
# check: script is a directory
mkdir d
$LUA d
# check: script with syntax error
echo 'x = = 1' > s.lua
$LUA s.lua
# check: script with runtime error
printf 'local function f()\n  error("deep")\nend\nf()\n' > s.lua
$LUA s.lua
# check: arguments
echo 'print(#arg, ...) for i = -3, 4 do print(i, arg[i]) end' > s.lua
$LUA s.lua a 'b c' ''
# check: arguments below zero
echo 'for i = -8, 2 do print(i, arg[i]) end' > s.lua
$LUA -e 'x = 1' -W s.lua one
# check: arguments without script
$LUA -e 'for i = -3, 3 do print(i, arg[i]) end'
# check: arguments that look like options
echo 'print(...)' > s.lua
$LUA s.lua -v -e 'x' --
# check: changed arguments
echo 'print(...)' > s.lua
$LUA -e 'arg[2] = "changed"; arg[3] = nil' s.lua a b c
# check: arg is no table
echo 'print(...)' > s.lua
$LUA -e 'arg = 1' s.lua a
# check: arg with a length of its own
echo 'print(...)' > s.lua
$LUA -e 'setmetatable(arg, {__len = function() return 2 end})' s.lua a b c d
# check: double dash
echo 'print("dashed", ...)' > s.lua
$LUA -- s.lua x
# check: double dash and a strange name
echo 'print("strange", arg[0])' > -s.lua
$LUA -- -s.lua
# check: double dash and dash
echo 'print("file called dash")' > ./-
$LUA -- - </dev/null
# check: double dash alone
# differs in 5.4.4: nothing, but the reference of 5.4.8 crashes here
echo 'print("from stdin")' | $LUA --
# check: dash reads the standard input
echo 'print("stdin", ...) print(arg[0], arg[1])' | $LUA - a b
# check: standard input without arguments
echo 'print("stdin", ...) print(arg[0], arg[1])' | $LUA
# check: error in standard input
printf 'local t = nil\nt.x = 1\n' | $LUA
# check: error in standard input by dash
printf 'local t = nil\nt.x = 1\n' | $LUA -
# check: syntax error in standard input
echo 'x x' | $LUA -
# check: empty standard input
$LUA </dev/null
# check: shebang in standard input
printf '#!/usr/bin/lua\nprint("after shebang")\n' | $LUA -
# check: shebang in script
printf '#!/usr/bin/lua\nprint("after shebang")\nerror("line 3")\n' > s.lua
$LUA s.lua
# check: executable script
printf '#!/usr/bin/env %s\nprint("run", arg[0], ...)\n' "$LUA" > s
chmod +x s
./s x y
# check: init
LUA_INIT='print("init")' $LUA -e 'print("main")'
# check: init of the version
LUA_INIT='print("init")' env "LUA_INIT_$suffix=print('init of version')" $LUA -e 'print("main")'
# check: init from a file
echo 'print("init file", ...)' > init.lua
LUA_INIT=@init.lua $LUA -e 'print("main")'
# check: init of the version from a file
echo 'print("init file", ...)' > init.lua
env "LUA_INIT_$suffix=@init.lua" $LUA -e 'print("main")'
# check: init with an error
LUA_INIT='error("bad init")' $LUA -e 'print("main")'
# check: init of the version with an error
env "LUA_INIT_$suffix=local x = nil; x()" $LUA -e 'print("main")'
# check: init with a syntax error
LUA_INIT='x x' $LUA -e 'print("main")'
# check: init from a missing file
LUA_INIT=@missing.lua $LUA -e 'print("main")'
# check: init sees arg
LUA_INIT='print(arg[0], arg[1], arg[-1])' $LUA -e 'x=1' /dev/null one
# check: environment ignored
LUA_INIT='print("init")' LUA_PATH='my path' LUA_CPATH='my cpath' $LUA -E -e 'print(package.path:find("my path"), package.cpath:find("my cpath"))'
# check: environment ignored wherever the option stands
LUA_INIT='print("init")' $LUA -e 'print("main")' -E
# check: path from the environment
LUA_PATH='a/?.lua' LUA_CPATH='b/?.so' $LUA -e 'print(package.path, package.cpath)'
# check: path of the version
LUA_PATH=a LUA_CPATH=c env "LUA_PATH_$suffix=b" "LUA_CPATH_$suffix=d" $LUA -e 'print(package.path, package.cpath)'
# check: path with the default inside
LUA_PATH='x/?;;' $LUA -e 'print(package.path:sub(1, 4), #package.path > 10)'
LUA_PATH=';;x/?' $LUA -e 'print(package.path:sub(-4), #package.path > 10)'
LUA_PATH='a;;b' $LUA -e 'print(package.path:sub(1, 2), package.path:sub(-2), #package.path > 10)'
LUA_PATH=';;' $LUA -e 'local p = package.path; print(p:sub(1,1) ~= ";", p:sub(-1) ~= ";")'
LUA_PATH='' $LUA -e 'print(package.path == "")'
# check: warnings off
$LUA -e 'warn("quiet")'
# check: warnings on
$LUA -W -e 'warn("loud")'
# check: warnings on only from there
$LUA -e 'warn("before")' -W -e 'warn("after")'
# check: warnings switched by script
$LUA -W -e 'warn("a") warn("@off") warn("b") warn("@on") warn("c", "d")'
# check: exit codes
$LUA -e 'os.exit(0)'; echo $?
$LUA -e 'os.exit(true)'; echo $?
$LUA -e 'os.exit(false)'; echo $?
$LUA -e 'os.exit(77)'; echo $?
$LUA -e 'os.exit(3, true)'; echo $?
$LUA -e 'return 5'; echo $?
$LUA -e 'error("x")' 2>/dev/null; echo $?
# check: result of a script does not matter
echo 'return false, 7' > s.lua
$LUA s.lua
# check: interactive from a pipe
printf 'print(1)\n' | $LUA -i
# check: interactive expressions
printf '1 + 1\n"text"\nnil\n1, 2, nil\n=3\n= 4, 5\nmath.type(2)\n' | $LUA -i
# check: interactive statements
printf 'x = 5\nx\nlocal y = 6\ny\nfor i = 1, 2 do print(i) end\n' | $LUA -i
# check: interactive continuation
# differs in 5.4.4: the message is lost there
printf 'for i = 1, 2 do\nprint(i)\nend\nfunction f()\nreturn\n7\nend\nf()\nx = [[\nlong\n]]\nx\nif true then\n' | $LUA -i
# check: interactive errors
printf 'x x\nerror("e")\nerror({})\nerror(nil)\nlocal t = nil; t.x = 1\nerror(setmetatable({}, {__tostring = function() return "T" end}))\n1 +\n)\nprint("still here")\n' | $LUA -i 2>&1
# check: interactive prompts
printf '_PROMPT = "ready: "\n_PROMPT2 = "more: "\nfor i = 1, 1 do\nend\n_PROMPT = setmetatable({}, {__tostring = function() return "obj> " end})\n1\n_PROMPT = 42\n2\n' | $LUA -i
# check: interactive prompt that fails
printf '_PROMPT = setmetatable({}, {__tostring = function() return 1 end})\n1\n' | $LUA -i 2>&1
# check: interactive print replaced
printf 'function print(...) io.write("P:", select("#", ...), "\\n") end\n1, 2, 3\nprint = nil\n1\nprint = function() error("no", 0) end\n2\nprint = function() error({}) end\n3\n' | $LUA -i 2>&1
# check: interactive long lines
$LUA -e 'print("x = \"" .. ("y"):rep(450) .. "\"") print("#x") print("x = \"" .. ("y"):rep(600) .. "\" .. 1") print("1")' | $LUA -i 2>&1
# check: interactive end in the middle
# differs in 5.4.4: the message is lost there
printf 'for i = 1, 2 do' | $LUA -i 2>&1
# check: interactive after script
echo 'x = "set by script" print("script")' > s.lua
printf 'x\n' | $LUA -i s.lua
# check: interactive after failing script
echo 'error("script fails")' > s.lua
printf 'print("not reached")\n' | $LUA -i s.lua
# check: interactive with statement
printf 'a\n' | $LUA -e 'a = "first"' -i
# check: interactive zero bytes
printf 'print("a\0b")\nprint(1)\n' | $LUA -i 2>&1
# check: interactive equals sign
printf '=\n=1 +\n2\n==1\n= x = 1\n  = 1\n' | $LUA -i 2>&1
# check: interactive returns many values
printf 'table.unpack({}, 1, 10)\nreturn 1, 2\nreturn\n;\n\n   \n--comment\ngoto x\n::y::\nbreak\n' | $LUA -i 2>&1
# check: interrupt stops a loop
$LUA -e 'io.open("started", "w"):close() while true do end' & pid=$!
interrupt
# check: interrupt stops a loop in a function
echo 'local function spin() io.open("started", "w"):close() while true do local x = {} end end print(pcall(spin)) print("went on")' > s.lua
$LUA s.lua & pid=$!
interrupt
# check: interrupt stops a coroutine
echo 'local co = coroutine.wrap(function() while true do coroutine.yield() end end) local ok, e = pcall(function() io.open("started", "w"):close() while true do co() end end) print(ok, (e:gsub("^.*: ", "")))' > s.lua
$LUA s.lua & pid=$!
interrupt
# check: interrupt stops pattern matching later
echo 'local ok, e = pcall(function() io.open("started", "w"):close() for i = 1, 1e9 do ("x"):rep(10):find("y") end end) print(ok, (e:gsub("^.*: ", "")))' > s.lua
$LUA s.lua & pid=$!
interrupt
# check: program name in messages
ln -s "$(command -v $LUA)" my-lua
./my-lua -z 2>&1 | head -2
./my-lua -e 'error("x", 0)'
# check: empty program name
sh -c 'exec -a "" $LUA -z' 2>/dev/null || bash -c 'exec -a "" $LUA -z'
# check: standard output closed
$LUA -e 'print(io.write("x"):close())' >/dev/null
# check: script with a byte order mark
printf '\357\273\277print("bom")\n' > s.lua
$LUA s.lua
# check: script with DOS line ends
printf 'print("dos")\r\nerror("line 2")\r\n' > s.lua
$LUA s.lua
# check: state closed at the end
$LUA -e 'setmetatable({}, {__gc = function() print("finalized") end})'
# check: state closed after an error
$LUA -e 'x = setmetatable({}, {__gc = function() print("finalized") end}) error("e")'
# check: to-be-closed variable in a script
echo 'local x <close> = setmetatable({}, {__close = function() print("closed") end}) print("body")' > s.lua
$LUA s.lua
# check: large output
$LUA -e 'for i = 1, 20000 do print(i) end' | cksum
# check: generational mode is on
# versions: 5.4+
$LUA -e 'print(collectgarbage("incremental"))'
