-- Strings and numbers in 5.1: patterns, formats, conversions, escapes.
local function q(v) return type(v) == "string" and ("%q"):format(v) or tostring(v) end
local function show(...) local t = { ... } for i = 1, select("#", ...) do t[i] = q(t[i]) end print(table.concat(t, " ")) end
local function try(f, ...) show(pcall(f, ...)) end

-- check: patterns end at a NUL
show(("a\0b"):find("a\0c"), ("a\0b"):match("a\0c"), ("a\0b"):gsub("\0", "x"))
show(("a\0b"):find("%z"), ("a\0b"):match("[%z]b"), ("a\0b"):gsub("[^%z]", "x"), ("a\0b"):find("%Z+"))
show(("a\0b"):find("\0"), ("a\0b"):find("\0b"), ("a\0b"):find("\0", 1, true))
try(string.find, "x", "[a\0]")
try(string.find, "x", "%\0")
show(("ab"):find("b\0%"))
-- check: classes
for _, class in ipairs { "a", "c", "d", "l", "p", "s", "u", "w", "x", "z", "g" } do
  local n, m = 0, 0
  for i = 0, 255 do
    if string.char(i):find("%" .. class) then n = n + 1 end
    if string.char(i):find("%" .. class:upper()) then m = m + 1 end
  end
  print(class, n, m)
end
-- check: wrong patterns
for _, pattern in ipairs { "%", "[", "[^", "[]", "[a", "[%", "[a-", "(", ")", "(()", "%1", "(%1)", "%b", "%bx", "%f", "%fa", "(x)%2", ("("):rep(33), ("(x)"):rep(33), "[a-%z]", "%0" } do
  print(pattern:sub(1, 10), pcall(string.find, "xx", pattern))
end
-- check: positions of find and match
for i = -5, 5 do show(i, ("abc"):find("", i), ("abc"):find("b", i), ("abc"):match("()", i), ("abc"):find("c", i, true)) end
show(("abc"):find("", 10), ("abc"):find("", 1e10), (""):find(""), (""):find("", 2))
-- check: gsub with empty matches
show(("abc"):gsub("", "-"), ("abc"):gsub("b*", "-"), ("hello world"):gsub("o*", "x"), (""):gsub("", "x"))
show(("abc"):gsub("%w", "%0%0"), ("abc"):gsub("%w", "%1"), ("abc"):gsub("(a)(b)", "%2%1"))
-- check: gsub's replacements
show(("abc"):gsub("%w", { a = 1, b = "B", c = false }))
try(string.gsub, "abc", "%w", { a = true })
show(("abc"):gsub("%w", function(c) if c == "b" then return false end return c .. c end))
show(("abc"):gsub("(a)(b)", function(...) return select("#", ...) end))
try(string.gsub, "abc", "%w", function() return {} end)
try(string.gsub, "abc", "%w", { a = {} })
try(string.gsub, "abc", "%w", nil)
try(string.gsub, "abc", "%w", true)
show(("abc"):gsub("%w", 5), ("abc"):gsub("%w", "%%"), ("abc"):gsub("%w", "%x"))
try(string.gsub, "abc", "%w", "%2")
try(string.gsub, "abc", "%w", "%")
show(("abc"):gsub("%w", "x", 2), ("abc"):gsub("%w", "x", 0), ("abc"):gsub("%w", "x", -1), ("abc"):gsub("%w", "x", 1.9))
show(("abc"):gsub("^%w", "x"), ("abc"):gsub("%w$", "x"))
-- check: gmatch
for a, b in ("k=v, x=y"):gmatch("(%w)=(%w)") do show(a, b) end
for p in ("abc"):gmatch("()") do io.write(p, " ") end
for w in ("^a^a"):gmatch("^a") do io.write(w, " ") end
print()
for a in ("abc"):gfind("b") do print(a) end
try(string.gmatch, "x")
try(string.gmatch, "x", {})
-- check: format of numbers
for _, n in ipairs { 0, -0, 1, -1, 1.5, 0.1, 1e15, 1e16, 123456789012345, 2 ^ 53, 1e100, -1e-7, 1 / 3, 1e14, 99999999999999.5, 5e-324, 1.7976931348623157e308 } do
  print(n, tostring(n), n .. "", ("%d|%5.1f|%g|%e|%i"):format(n % 1e9, n, n, n, n % 1000))
end
print(1 / 0, -1 / 0, 0 / 0 ~= 0 / 0, 2 ^ 63, -2 ^ 63, 2 ^ 64, 1e300 * 1e10)
-- check: format of integers
for _, n in ipairs { 0, 1, -1, 255, 2 ^ 31, 2 ^ 32, 2 ^ 53, -2 ^ 31, 1.9, -1.9, 2 ^ 62 } do show(n, ("%d %u %x %X %o %c"):format(n, n, n, n, n, 65)) end
show(("%5d|%-5d|%05d|%+d|% d|%.3d|%5.3d"):format(42, 42, 42, 42, 42, 42, 42))
show(("%#x %#o %#X"):format(255, 8, 255))
-- check: format of text
show(("%s|%5s|%-5s|%.2s|%5.1s"):format("abc", "abc", "abc", "abc", "abc"))
show(("%s"):format("a\0b"), ("%5s"):format("a\0b"), #("%s"):format(("x"):rep(200)), ("%.3s"):format("a\0bcd"))
show(("%q"):format('a"b\\c\nd\re\0f\t'), ("%q"):format("\0001"), ("%q"):format(5))
try(string.format, "%s", nil)
try(string.format, "%s", {})
try(string.format, "%s")
try(string.format, "%d", "x")
try(string.format, "%d", "10")
show(("%d%%"):format(5), ("%c%c"):format(0, 65), ("%5c|"):format(65))
-- check: wrong formats
for _, form in ipairs { "%", "%y", "%5", "%10.123f", "%123d", "%-+ #0d", "%-+ #00d", "%.d", "%..5d", "%5.5.5d", "%ld", "%a", "%p", "%n", "%*d" } do print(form, pcall(string.format, form, 1)) end
-- check: escapes
print("\a\b\f\n\r\t\v\\\"\'" == "\7\8\12\10\13\9\11\92\34\39", "\65\066\0067", "\q\w\ex" == "qwex", "a\
b")
print(#"\0\00\000\0000", "\x41", "\u{41}", "\z  x")
print(loadstring([[return "\256"]]))
print(loadstring([[return "\999"]]))
print(loadstring("return '\\"))
print(loadstring("return 'a\nb'"))
print(loadstring("return 'abc"))
print(loadstring("return \"\\300\""))
-- check: long strings
print([[
first newline left out]], [==[a]]b]=]c]==], #[[
]], [[a
b]] == "a\nb")
for _, code in ipairs { "return [[a[[b]]", "return [=[a[[b]=]", "return [[a", "return [=[a]]", "return [=", "return [==x", "--[[a[[b]] return 1", "--[=[x", "return [[a\r\nb\rc\n\rd]]" } do
  local f, message = loadstring(code)
  show(f and f() or message)
end
-- check: numerals
for _, text in ipairs { "3", "3.", ".5", "3e2", "3e+2", "3E-2", "0x10", "0xA.8", "0x1p4", "3e", "0x", "1..2", "1.2.3", "08", "1e400", "0xffffffffffffffffff", "1_000", "3x", "0xg", "1e5.5" } do
  local f, message = loadstring("return " .. text)
  print(text, f and f() or message, tonumber(text))
end
-- check: tonumber
for _, text in ipairs { "", " ", " 5 ", "5 5", "+5", "- 5", "-5", "0x", "0X1f", "-0x10", "1e1 ", "inf", "-inf", "nan", "infinity", "1\0", "5\n", "\t5", "0b1", "1e", "e1", "0x1.8p1", "٣" } do print(q(text), tonumber(text)) end
for base = 2, 36, 7 do print(base, tonumber("101", base), tonumber("zz", base), tonumber("-11", base), tonumber(" 11 ", base), tonumber("1.1", base)) end
print(tonumber(11, 2), tonumber("7", 8), tonumber("8", 8), tonumber("ffffffffffffffffff", 16), tonumber("", 10), tonumber("1e1", 10), tonumber("-ff", 16))
try(tonumber)
try(tonumber, {}, 10)
try(tonumber, {})
try(tonumber, "1", 1)
try(tonumber, "1", 37)
try(tonumber, nil)
-- check: strings in arithmetic
print("10" + 5, "0x10" * 2, " 3 " - 1, "2" ^ "3", -"4", "7" % "4", 10 .. 20, "1e1" / 1)
try(function() return "a" + 1 end)
try(function() return {} + 1 end)
try(function() return 1 .. {} end)
print("10" == 10, "abc" < "abd", "Z" < "a", "" < "a", "a\0b" < "a\0c", "a" < "a\0")
-- check: sub, byte and char
for i = -4, 4 do show(("abc"):sub(i), ("abc"):sub(i, 2), ("abc"):sub(1, i), ("abc"):byte(i), ("abc"):byte(i, 2)) end
show(("abc"):byte(1, -1), (""):byte(), ("abc"):sub(2.9), string.char(), string.char(65, 66.9))
try(string.char, 256)
try(string.char, -1)
try(string.char, "x")
try(string.sub, "x")
-- check: rep, reverse, len, case
show(("ab"):rep(3), ("ab"):rep(0), ("ab"):rep(-1), ("ab"):rep(2.9), ("a\0"):rep(2), (""):rep(1e8))
show(("abc"):reverse(), ("a\0b"):reverse(), ("a\0b"):len(), ("aBc1\228"):upper(), ("AbC\196"):lower())
try(string.rep, "x")
try(string.len)
try(string.len, {})
-- check: dump
local function f(a) return a and a + 1 end
print(loadstring(string.dump(f))(4), pcall(string.dump, print), pcall(string.dump))
local up = 5
local g = loadstring(string.dump(function() return up end))
print(pcall(g))
-- check: tostring
print(tostring(nil), tostring(true), tostring("x"), tostring(-0.5), tostring(1e15), tostring(print):match("^builtin: ") or tostring(print):match("^function: "))
try(tostring)
print(tostring(setmetatable({}, { __tostring = function() return "custom" end })))
try(tostring, setmetatable({}, { __tostring = function() return 5 end }))
print(pcall(print, setmetatable({}, { __tostring = function() return {} end })))
print(tostring(setmetatable({}, { __tostring = function() return nil end })))
-- check: concat of tables
print(table.concat({ 1, 2, "x" }), table.concat({ 1, 2, 3 }, ", "), table.concat({ 1, 2, 3 }, "-", 2), table.concat({ 1, 2, 3 }, "-", 2, 3), table.concat({}, "x"), table.concat({ 1 }, "x", 2))
try(table.concat, { 1, {}, 3 })
try(table.concat, { 1, nil, 3 }, ",", 1, 3)
try(table.concat, {}, {})
try(table.concat, 5)
-- check: strings and threads are taken for one type when they cannot be compared
local co = coroutine.create(function() end)
print(pcall(function() return co < "x" end))
print(pcall(function() return "x" <= co end))
print(pcall(function() return "x" < 1 end))
print(pcall(function() return co < {} end))
