-- What the compiler says of text that is not Lua.
local load = _VERSION == "Lua 5.1" and loadstring or load
local function bad(text, name)
  print(select(2, load(text, name or "=s")))
end

-- check: unexpected symbols
bad "="
bad "x ="
bad "x"
bad "x y"
bad "x.y"
bad "x:y"
bad "x:y z"
bad "1"
bad "'a'"
bad "{}"
bad "f("
bad "f(1"
bad "f(1,"
bad "f(1,)"
bad "x = )"
bad "x = }"
bad "x = *"
bad "x = 1 2"
bad "x = , 1"
-- check: missing ends
bad "if x then"
bad "if x then else"
bad "if x"
bad "while x do"
bad "while x"
bad "for i = 1, 2 do"
bad "repeat"
bad "repeat until"
bad "do"
bad "function f()"
bad "local function f("
bad "x = function"
bad "x = function("
bad "x = function(a"
bad "x = function(a,"
-- check: ends told with the line of the beginning
bad "if x then\n\n\n"
bad "while x do\n\n1"
bad "for i = 1, 2 do\n\n"
bad "function f()\n\n"
bad "do\n\n x = 1\n"
bad "repeat\n\n x = 1\n"
bad "f(\n\n"
bad "x = {\n1,\n\n"
bad "x = (1\n\n"
bad "x = a[1\n\n"
-- check: wrong ends
bad "if x then end end"
bad "end"
bad "else"
bad "until x"
bad "then"
bad "do until"
bad "repeat end"
bad "if x then elseif end"
bad "while do end"
-- check: for
bad "for"
bad "for 1"
bad "for i"
bad "for i do"
bad "for i = 1 do end"
bad "for i = 1, 2, 3, 4 do end"
bad "for i, j = 1, 2 do end"
bad "for i in do end"
bad "for i, in x do end"
bad "for i.x = 1, 2 do end"
bad "for i in x"
-- check: local
bad "local"
bad "local 1"
bad "local x ="
bad "local x, "
bad "local x.y"
bad "local function"
bad "local function f.x() end"
bad "local function 1() end"
bad "local x <"
bad "local x <const"
bad "local x <foo> = 1"
bad "local x <const>, y <foo> = 1, 2"
bad "local x <close>, y <close> = 1, 2"
bad "local <const> x = 1"
-- check: assignment to constants
bad "local x <const> = 1; x = 2"
bad "local x <const> = 1; local function f() x = 2 end"
bad "local x <close> = nil; x = 2"
bad "local x <const>, y = 1; y, x = 1, 2"
bad "local x <const> = 1; function x() end"
bad "local x <const> = 1; for i = 1, 2 do x = i end"
-- check: function
bad "function"
bad "function f"
bad "function f("
bad "function f(a b) end"
bad "function f(a, ..., b) end"
bad "function f(..., a) end"
bad "function f(1) end"
bad "function f.1() end"
bad "function f:x.y() end"
bad "function f:x:y() end"
bad "function () end"
bad "function f(a,) end"
-- check: return
bad "return return"
bad "return 1 2"
bad "return; x = 1"
bad "return 1; x = 1"
bad "return 1,"
bad "do return end x"
bad "if x then return x = 1 end"
-- check: goto and labels
bad "goto"
bad "goto 1"
bad "goto x"
bad "::x"
bad "::1::"
bad "::x:: ::x::"
bad "::x:: do ::x:: end"
bad "do ::x:: end goto x"
bad "goto x; local a; ::x:: print(a)"
bad "goto x; do local a end ::x::"
bad "do goto x; local a; ::x:: a = 1 end"
bad "repeat goto x; local a; ::x:: until a"
bad "local function f() goto x end ::x::"
bad "break"
bad "do break end"
bad "if x then break end"
bad "local function f() break end"
bad "while x do local function f() break end end"
bad "\n\ngoto nowhere\n\n"
bad "::a::\n::b::\n\n::a::"
-- check: expressions
bad "x = 1 +"
bad "x = + 1"
bad "x = not"
bad "x = #"
bad "x = -"
bad "x = ~"
bad "x = 1 ~ "
bad "x = a and"
bad "x = or b"
bad "x = (1"
bad "x = ()"
bad "x = a.1"
bad "x = a."
bad "x = a:"
bad "x = a:b"
bad "x = a:b + 1"
bad "x = a[1"
bad "x = a[]"
bad "x = a ? b"
bad "x = 1 != 2"
bad "x = !y"
bad "x = a && b"
bad "x = @"
bad "x = $y"
bad "x = `y`"
bad "x = \\"
-- check: calls and assignments
bad "f() = 1"
bad "(f) = "
bad "(f)"
bad "f().x"
bad "a, f() = 1, 2"
bad "a, b"
bad "a, b += 1"
bad "a += 1"
bad "a, = 1"
bad "a.b:c = 1"
bad "(a).b, (c) = 1, 2"
bad "'x' = 1"
bad "... = 1"
bad "a = ...; function f() return ... end"
bad "function f() return function(...) end, ... end"
-- check: table constructors
bad "x = {"
bad "x = {1"
bad "x = {1 2}"
bad "x = {,}"
bad "x = {1,,2}"
bad "x = {a = }"
bad "x = {[1] 2}"
bad "x = {[1 = 2}"
bad "x = {[] = 2}"
bad "x = {a.b = 1}"
bad "x = {= 1}"
bad "x = {;}"
-- check: unfinished strings
bad "x = 'abc"
bad "x = \"abc"
bad "x = 'abc\ndef'"
bad "x = \"abc\\"
bad "x = [[abc"
bad "x = [==[abc]]"
bad "x = [=abc]"
bad "x = [==abc"
bad "--[[ abc"
bad "--[==[ abc ]]"
bad "x = 'a\\z   \n\n"
bad "\n\nx = [[\n\n\n"
bad "\n\n--[[\n\n\n"
-- check: escapes
bad "x = '\\q'"
bad "x = '\\300'"
bad "x = '\\256x'"
bad "x = '\\xg'"
bad "x = '\\x1'"
bad "x = '\\x'"
bad "x = '\\x1g'"
bad "x = '\\u'"
bad "x = '\\u{'"
bad "x = '\\u{}'"
bad "x = '\\u{xyz}'"
bad "x = '\\u{110000000}'"
bad "x = '\\u{80000000}'"
bad "x = '\\u{12'"
bad "x = '\\u12'"
bad "x = 'abc\\qdef'"
bad "x = 'abc\\400def'"
-- check: numbers
bad "x = 1x"
bad "x = 1.2.3"
bad "x = 1..2"
bad "x = 0x"
bad "x = 0xg"
bad "x = 1e"
bad "x = 1e+"
bad "x = 1ee1"
bad "x = 0x1p"
bad "x = 0x1pz"
bad "x = 3a"
bad "x = 1_000"
bad "x = .e1"
bad "x = 08x"
bad "x = 1e5.5"
bad "x = 0x.p1"
-- check: near what
bad "x = 'some string' 'other'"
bad "x = [[long\nstring]] 1"
bad "x = 12345 67890"
bad "x = 1.5e10 foo"
bad "x = a...b"
bad "x = <<"
bad "x = a >> >> b"
bad "x = a // // b"
bad "x = a :: b"
bad "x = a == == b"
bad "x = a ~= ~= b"
bad "x = ... ..."
bad "\1x"
bad "x = \127"
bad "x = \200"
bad "x = \255\254"
bad "x = y\0z"
-- check: near long tokens
bad("x = 1 " .. ("n"):rep(100))
bad("x = 1 '" .. ("s"):rep(200) .. "'")
bad("x = '" .. ("s"):rep(200))
bad("x = 1 " .. ("9"):rep(120))
-- check: chunk names
bad("x =", "=name")
bad("x =", "@name.lua")
bad("x =", "x =")
bad("x =", "a chunk")
bad("x =", "first line\nsecond line")
bad("x =", "\nsecond line")
bad("x =", "")
bad("x =", "=")
bad("x =", "@")
bad("x =", "=" .. ("n"):rep(100))
bad("x =", "@" .. ("n"):rep(100))
bad("x =", ("n"):rep(100))
bad("x =", ("n"):rep(30) .. "\nmore")
bad("x =", "=" .. ("n"):rep(59))
bad("x =", "=" .. ("n"):rep(60))
bad("x =", "@" .. ("n"):rep(59))
bad("x =", "@" .. ("n"):rep(60))
bad("x =", ("n"):rep(44))
bad("x =", ("n"):rep(45))
bad("x =", ("n"):rep(46))
-- check: default chunk name
-- versions: 5.2+
print(load("x ="))
print(load("x = \n\n ="))
print(type(load(function() return nil end)))
print(load(coroutine.wrap(function() coroutine.yield("x = ") coroutine.yield("= 1") end)))
-- check: lines counted across line ends
bad "x = 1\ny = 2\nz ="
bad "x = 1\r\ny = 2\r\nz ="
bad "x = 1\ry = 2\rz ="
bad "x = 1\n\ry = 2\n\rz ="
bad "x = 1\n\n\r\rz ="
bad "--x\n--y\nz ="
bad "x = [[\n\n]] y"
bad "x = '\\\n\\\n' y"
-- check: comment forms
bad "--"
bad "-- x"
bad "--[ x"
bad "--[[ x ]] y"
bad "--[==[ x ]] ]==] y"
bad "--[=x\ny"
bad "# x"
bad "x # y"
-- check: attribs
bad "local x <const> = 1; x = x + 1"
bad "local x <CONST> = 1"
bad "local x < const > = 1; return x"
bad "local x <const> <close> = 1"
bad "local x <1> = 1"
bad "local x <''> = 1"
bad "for i <const> = 1, 2 do end"
bad "local function f(a <const>) end"
bad "x <const> = 1"
-- check: reserved words as names
for word in ("and break do else elseif end false for function goto if in local nil not or repeat return then true until while"):gmatch "%a+" do
  bad("local " .. word .. " = 1")
end
-- check: reserved words as fields
for word in ("and end function goto nil while"):gmatch "%a+" do
  bad("x." .. word .. " = 1")
  bad("x = {" .. word .. " = 1}")
  bad("x:" .. word .. "()")
end
-- check: goto continues are words only in their place
bad "local goto = 1"
bad "goto = 1"
bad "goto goto"
bad "close = 1 const = 2 x"
-- check: semicolons and empty statements
bad ";"
bad ";;;"
bad "x = 1;;y = 2;"
bad "return;;"
bad "return 1;;"
bad "local x;; y"
bad "; = 1"
-- check: ambiguous calls are calls
print(type(load("local f = print\n(1)")))
print(load("f\n(1).x = 1") ~= nil)
bad "f\n'x' 'y' = 1"
bad "x = f\n{1}\n(2) 3"
-- check: until sees the locals of its block
print(type(load("repeat local x = 1 until x == 1")))
bad "repeat local x = 1 until x == "
bad "repeat local x until y z"
-- check: deep nesting
bad(("("):rep(150) .. "1" .. (")"):rep(150))
bad("x = " .. ("("):rep(250) .. "1" .. (")"):rep(250))
bad("x = " .. ("{"):rep(250) .. ("}"):rep(250))
bad(("do "):rep(250) .. ("end "):rep(250))
bad("x = " .. ("not "):rep(250) .. "1")
bad("x = " .. ("-"):rep(1) .. (" -"):rep(250) .. "1")
bad(("if x then "):rep(250) .. ("end "):rep(250))
bad(("while x do "):rep(250))
bad("x = " .. ("function() return "):rep(250) .. "1" .. (" end"):rep(250))
bad("x = " .. ("a["):rep(250) .. "1" .. ("]"):rep(250))
bad("x = " .. ("f("):rep(250) .. ("]"):rep(250))
bad("x = " .. ("1 .. "):rep(250) .. "1")
bad("x = " .. ("2 ^ "):rep(250) .. "1")
bad(("("):rep(10000))
bad("x = " .. ("1 + "):rep(1000))
-- check: too many locals
local names = {}
for i = 1, 201 do names[i] = "v" .. i end
bad("local " .. table.concat(names, ", "))
bad("local " .. table.concat(names, ", ", 1, 200))
bad("function f(" .. table.concat(names, ", ") .. ") end")
local lines = {}
for i = 1, 201 do lines[i] = "local v" .. i .. " = " .. i end
bad(table.concat(lines, "\n"))
bad("local function f()\n" .. table.concat(lines, "\n") .. "\nend")
-- check: too many upvalues
local names, uses = {}, {}
for i = 1, 150 do names[i] = "a" .. i; uses[i] = "a" .. i end
local more = {}
for i = 1, 150 do more[i] = "b" .. i; uses[#uses + 1] = "b" .. i end
local text = "local " .. table.concat(names, ", ") .. "\nlocal function f()\nlocal " .. table.concat(more, ", ")
  .. "\nreturn function()\nreturn " .. table.concat(uses, " + ") .. "\nend\nend"
bad(text)
-- check: too many registers
bad("return " .. ("{"):rep(0) .. "f(" .. ("1, "):rep(260) .. "1)")
bad("local a = {" .. ("f(), "):rep(300) .. "}")
bad("return " .. ("1, "):rep(260) .. "1")
bad("x = " .. ("a .. "):rep(180) .. "b")
bad("x = f(" .. ("a, "):rep(249) .. "b)")
bad("x = f(" .. ("a, "):rep(250) .. "b)")
bad("x = f(" .. ("a, "):rep(252) .. "b)")
bad("x = f(" .. ("a, "):rep(254) .. "b)")
-- check: too many assignments to the left
bad(("a, "):rep(199) .. "a = 1")
bad(("a, "):rep(250) .. "a = 1")
-- check: shebang only in files
bad "#!/usr/bin/lua\nx ="
bad "#\nx ="
-- check: UTF-8 mark only in files
bad "\xEF\xBB\xBFx = 1"
bad "\xEF\xBBx = 1"
-- check: integer overflow is a float
-- versions: 5.3+
for _, text in ipairs { "9223372036854775807", "9223372036854775808", "-9223372036854775808", "0xffffffffffffffff",
  "0x1ffffffffffffffff", "1e308", "1e309", "0x7fffffffffffffff", "0x8000000000000000", "1e-400" } do
  local v = load("return " .. text)()
  print(text, math.type(v), v)
end
-- check: unclosed calls
for _, s in ipairs { "f\n(g\nh)", "f(\nx y", "f\n.g\n(1,\n2 3", "f{1\n2}", "(f\ng)", "local a = (1\n+ 2", "return f\n(\n1\n" } do print(load(s, "=t")) end
-- check: lines of calls
for _, s in ipairs { "local x\nx\n(1)", "local x = {}\nx.y\n(\n1)", "local x = error\nx\n(\n'abc'\n)", "local t = {f = error}\nlocal y = t\n.\nf\n('abc')", "local t = {f = error}\nt\n:f\n'abc'", "local x\nx\n{\n}" } do print(pcall(load(s, "=t"))) end
