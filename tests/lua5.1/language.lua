-- What the language of 5.1 has that later versions lost or changed.
local function try(text)
  local chunk, trouble = loadstring(text, "=chunk")
  if not chunk then print(trouble) return end
  print(pcall(chunk))
end

-- check: arg in functions with extra arguments
local function f(a, ...) return a, arg.n, arg[1], arg[2], #arg end
print(f(1))
print(f(1, 2, 3))
print(f(1, nil, nil))
-- check: arg is nil where the extra arguments are used
local function f(...) local x = ...; return arg, x end
print(f(1, 2))
-- check: arg can be assigned to and captured
local function f(...) return function() arg.n = arg.n + 1; return arg.n end end
local g = f(5, 6)
print(g(), g())
local function h(...) arg = 3; return arg end
print(h(1, 2))
-- check: arg of a main chunk
print(loadstring("return arg == _G.arg, ...")(1, 2))
-- check: goto is a name
local goto = 5
goto = goto + 1
print(goto)
try "goto = 1 return goto"
try "goto x"
-- check: no empty statements
try ";"
try "x = 1;;"
try "return;;"
try "do ; end"
try "local x = 1; return x;"
-- check: break and return end a block
try "while true do break x = 1 end"
try "while true do break end return 'done'"
try "return 1 print(2)"
try "do return 1 end print(2)"
try "break"
try "function f() break end"
-- check: calls that begin on a new line
try "x = print\n(5)"
try "x = (print\n)(5)"
-- check: nesting of long strings
try "x = [[ a [[ b ]]"
try "x = [=[ a [[ b ]=] return x"
try "--[[ [[ ]]"
try "return #[==[\n]]]=]]==]"
-- check: escapes
print(#"\065\10\z", "\q\x\u", "a\
b")
try [[return '\300']]
try [[return "abc\999"]]
try "return 'abc"
try "return 'abc\ndef'"
-- check: numerals
print(0x10, 1e2, .5, 3., 0xA, 1E+2, 08)
try "return 1e"
try "return 0x"
try "return 3x"
try "return 1..2"
try "return 0x1p4"
-- check: operators that do not exist
try "return 7 // 2"
try "return 1 & 2"
try "return 1 | 2"
try "return ~1"
try "return 1 << 2"
try "local x <const> = 1"
try "::label::"
-- check: tokens in messages
try "x ="
try "x = }"
try "for"
try "for 1"
try "for i = 1"
try "for a, b"
try "function"
try "function f(1) end"
try "local 1"
try "local function 1"
try "if x"
try "repeat x()"
try "x = {1, 2"
try "x = (1"
try "f() = 1"
try "(a) = 1"
try "a.b"
try "a, b"
try "a:b = 1"
try "x = \1"
try "x = 'a' .. "
try "x = function() "
-- check: closing tokens of earlier lines
try "if x then\n\n"
try "x = {\n1,\n2"
try "f(\n1"
try "function f()\nif x then\nend"
-- check: vararg outside a vararg function
try "function f() return ... end"
try "return (function(a, ...) return ... end)(1, 2)"
-- check: limits
local names = {}
for i = 1, 210 do names[i] = "a" .. i end
try("local " .. table.concat(names, ","))
try("function f()\nlocal " .. table.concat(names, ",") .. " end")
local some = {}
for i = 1, 70 do some[i] = names[i] end
try("local " .. table.concat(some, ",") .. "\nfunction f() return " .. table.concat(some, ",") .. " end")
try(("("):rep(250) .. "1" .. (")"):rep(250))
try("x = " .. ("{"):rep(250))
try(("do "):rep(250))
try("x = 1" .. (" .. 1"):rep(250))
try("x = " .. ("- "):rep(250) .. "1")
-- check: numbers are floats
print(1, 1.0, 2^53, 1e15, 1e14, -0.0 == 0, 10 / 2, 7 % 3, -7 % 3, 7 % -3, 2^0.5, 1e100)
print(5 % math.huge, math.huge, -math.huge, tostring(0 / 0) == tostring(0 / 0))
-- check: arithmetic on strings
print("10" + 5, "3" * "4", "0x10" + 0, -"2", 10 .. 20, " 5 " + 1, pcall(function() return "a" + 1 end))
-- check: numeric for
for i = 1, 3 do io.write(i, " ") end
for i = 3, 1, -1 do io.write(i, " ") end
for i = 1, 2, 0.25 do io.write(i, " ") end
for i = "1", "2" do io.write(i, " ") end
print()
try "for i = {}, 2 do end"
try "for i = 1, {} do end"
try "for i = 1, 2, {} do end"
for i = 1, 3, 0 do print("once"); break end
