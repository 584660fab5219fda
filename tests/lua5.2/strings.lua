-- Strings in 5.2: formats, patterns, repetition, conversions of numbers in arguments.
local plain = print
local function print(...) local t = table.pack(...) for i = 1, t.n do t[i] = (tostring(t[i]):gsub("0x%x+", "0x")) end plain(table.concat(t, "\t")) end
local function try(f, ...) print(pcall(f, ...)) end
local function run(text, ...) local f, m = load(text, "=s") if not f then print(m) else print(pcall(f, ...)) end end

-- check: format of integers
for _, f in ipairs { "%d", "%5d", "%-5d|", "%05d", "%+d", "% d", "%.3d", "%i", "%u", "%o", "%x", "%X", "%#x", "%#o", "%c", "%5c|", "%-5c|" } do for _, n in ipairs { 0, 65, -1, 255, 2^31, -2^31, 2^53 } do print(f, n, pcall(string.format, f, n)) end end
-- check: format of fractions as integers
for _, f in ipairs { "%d", "%x", "%c", "%u", "%o", "%i" } do print(f, pcall(string.format, f, 3.7), pcall(string.format, f, "10"), pcall(string.format, f, "0x10"), pcall(string.format, f, 1e100), pcall(string.format, f, -3.5), pcall(string.format, f, "x"), pcall(string.format, f, {}), pcall(string.format, f)) end print(pcall(string.format, "%d", 2^63), pcall(string.format, "%d", -2^63), pcall(string.format, "%x", -1), pcall(string.format, "%x", 2^64), pcall(string.format, "%d", 1/0), pcall(string.format, "%d", 0/0))
-- check: format of floats
for _, f in ipairs { "%f", "%.0f", "%.3f", "%10.2f", "%-10.2f|", "%+.1f", "%e", "%.2E", "%g", "%G", "%.3g", "%#g", "%a", "%.2A", "% f", "%010.3f" } do for _, n in ipairs { 0, -0.0, 1.5, -123.456, 1e100, 1e-10, 1/0, -1/0 } do print(f, n, (pcall(string.format, f, n)), select(2, pcall(string.format, f, n))) end end print((string.format("%f", 0/0):gsub("-", "")), (string.format("%5.1f|", "3.14159")))
-- check: format of strings
print(string.format("%s|%5s|%-5s|%.2s|%5.1s|%s", "abc", "ab", "ab", "abcdef", "xyz", "")) print(string.format("%s %s %s %s", nil, true, 1.5, 10)) print((string.format("%s", {}):gsub("0x%x+", "0x"))) print(string.format("%s", setmetatable({}, { __tostring = function() return "object" end }))) try(string.format, "%s") try(string.format, "%s", setmetatable({}, { __tostring = function() return 1 end })) print(#string.format("%s", ("x"):rep(1000)), #string.format("%99.99s", "x")) print(string.format("%s", "a\0b") == "a\0b", string.format("%5s", "a\0b"):byte(1, -1)) try(string.format, "%.20s", ("y"):rep(150)) print(#string.format("%5s", ("y"):rep(150)))
-- check: quoted strings
print(string.format("%q", "plain")) print(string.format("%q", 'quo"te\\ \n \r \t \0 \1 \0011 \127 \200')) print(string.format("%q", "\r\n")) print(string.format("%q", 5)) try(string.format, "%q", {}) try(string.format, "%q", nil) try(string.format, "%q") print(string.format("%5q", "x")) print(load("return " .. string.format("%q", "\0001\r\n\\\""))() == "\0001\r\n\\\"")
-- check: wrong formats
for _, f in ipairs { "%", "%y", "%10", "%-", "%1000d", "%.1000f", "%100s", "%.100s", "%llx", "%5.5.5d", "%##x", "%+-0# d", "%+-0# +d", "%p", "%l", "%n", "%*d", "%%", "%5%", "%s%", "%\0" } do print(("%q"):format(f), pcall(string.format, f, 1)) end try(string.format) try(string.format, {}) try(string.format, 5) try(string.format, "%d %d", 1) try(string.format, "no format", 1, 2)
-- check: rep
print(("ab"):rep(3), ("ab"):rep(0), ("ab"):rep(-5), ("ab"):rep(2, ","), ("ab"):rep(1, ","), (""):rep(10), (""):rep(3, "-"), ("x"):rep(2.9), ("x"):rep("3")) try(string.rep, "abc", 2^31) try(string.rep, "x", 2^53) try(string.rep, "", 1e8) try(string.rep, "x", -2^31) try(string.rep, ("x"):rep(1000), 2^31 - 1, ("y"):rep(2^20)) try(string.rep) try(string.rep, "x") try(string.rep, "x", 1, {})
-- check: sub
for _, r in ipairs { { 1, 3 }, { 2 }, { -2 }, { 0 }, { 3, 2 }, { -100, 100 }, { 5 }, { 6 }, { 2, -2 }, { 1.9, 3.9 }, { "2", "3" }, { -1, -1 }, { 1e10 }, { 1, 1e10 }, { -1e10, 2 }, { 1/0 }, { 2, 1/0 } } do print(r[1], r[2], ("hello"):sub(r[1], r[2])) end try(string.sub, "x") try(string.sub, "x", {}) try(string.sub) try(string.sub, "x", nil)
-- check: byte and char
print(("hello"):byte(), ("hello"):byte(2), ("hello"):byte(-1), ("hello"):byte(1, -1)) print(("x"):byte(5), select("#", ("x"):byte(5)), (""):byte()) print(string.char(), string.char(72, 105), string.char("65", 66.5), #string.char(0, 255)) try(string.char, 256) try(string.char, -1) try(string.char, 1e10) try(string.char, "a") try(string.char, 65, nil) try(string.byte, "x", {}) try(function() return (("x"):rep(1e6)):byte(1, -1) end)
-- check: len, lower, upper, reverse
print(#"a\0b", ("a\0b"):len(), ("AbC1"):lower(), ("AbC1"):upper(), ("abc"):reverse(), (""):reverse()) local e = "\228\196" print(e:lower() == e, e:upper() == e) try(string.len) try(string.upper, nil) print(string.len(123), string.upper(1e3), string.reverse(12))
-- check: find
print(("hello"):find("l"), ("hello"):find("l", 4), ("hello"):find("l", 5), ("hello"):find(""), ("hello"):find("", 6), ("hello"):find("", 7), ("hello"):find("", 10), ("hello"):find("xyz"), ("hello"):find("l", -2), ("hello"):find("h", -100)) print(("a.b"):find(".", 1, true), ("a.b"):find("%."), ("a+b"):find("+", 1, true), ("a\0b"):find("\0"), ("a\0b"):find("b", 1, true), ("aXb"):find("X", 1, 1)) print(("key = value"):find("(%w+)%s*=%s*(%w+)"), ("x"):find("()"), ("abc"):find("b()")) try(string.find, "x") try(string.find, "x", {}) try(string.find, "x", "x", {})
-- check: match
print(("key=val"):match("(%w+)=(%w+)"), ("  trim  "):match("^%s*(.-)%s*$"), ("2024-01-02"):match("(%d+)-(%d+)-(%d+)"), ("abc"):match("b"), ("abc"):match("x"), ("abc"):match("()b()"), ("abc"):match("", 10), ("abc"):match("^b", 2), ("[[x]]"):match("%[(%b[])%]"), ("f(a(b)c)d"):match("%b()"), ("aaa"):match("a-"), ("aaa"):match("^a-$"), ("aab"):match("a*b"), ("x=1"):match("=?(%d)"))
-- check: frontier
print(("THE (quick) fox"):find("%f[%a]%a+%f[%A]")) for w in ("one two-three"):gmatch("%f[%w]%w+") do io.write(w, "|") end print() print(("abc"):gsub("%f[%w]", "<"), ("abc"):gsub("%f[%W]", ">"), ("a b"):gsub("%f[%S]", "^"), (""):find("%f[%z]"), ("x"):find("%f[\0]"), ("ab"):find("%f[b]")) try(string.find, "x", "%f") try(string.find, "x", "%fx") try(string.find, "x", "%f[a")
-- check: classes
for _, c in ipairs { "%a", "%c", "%d", "%g", "%l", "%p", "%s", "%u", "%w", "%x", "%z", "%A", "%G", "%Z", "[%a_]", "[^%s]", "[a-c]", "[%-a]", "[a-]", "[]]", "[^]]", "[]-a]", "%.", ".", "[%]]" } do local n, first = 0 for i = 0, 127 do if string.char(i):find(c) then n = n + 1 first = first or i end end print(c, n, first) end
-- check: gmatch
for k, v in ("a=1, b=2"):gmatch("(%w+)=(%w+)") do io.write(k, v, " ") end for w in ("a,,b"):gmatch("([^,]*)") do io.write("[", w, "]") end for p in ("abc"):gmatch("()") do io.write(p, " ") end for w in ("^a^a"):gmatch("^a") do io.write("<", w, ">") end print() print(("x"):gmatch("x")()) try(string.gmatch, "x") try(string.gmatch) try(("x"):gmatch("(")) local g = ("ab"):gmatch(".") print(g(), g(), g(), g())
-- check: gsub
print(("hello"):gsub("l", "L"), ("hello"):gsub("l", "L", 1), ("hello"):gsub("", "-"), ("hello"):gsub("(h)(e)", "%2%1"), ("hello"):gsub(".", { h = "H", e = false, l = 5 }), ("hello"):gsub(".", function(c) if c == "l" then return "L" elseif c == "o" then return false end end), ("abc"):gsub("%w", "%0%0"), ("abc"):gsub("b", "%%"), ("x"):gsub("x", "%1"), ("abc"):gsub("^a", "x"), ("aaa"):gsub("^a", "x")) print(("abc"):gsub("b", "x", 0), ("abc"):gsub("b", "x", -1), ("abc"):gsub("b", "x", 1.9), ("a b"):gsub("()", "%1"), (""):gsub("", "x"), (""):gsub("x", "y")) try(string.gsub, "x", "x", "%2") try(string.gsub, "x", "x", "%") try(string.gsub, "x", "x", "%a") try(string.gsub, "x", "x") try(string.gsub, "x", "x", true) try(string.gsub, "x", "x", function() return {} end) try(string.gsub, "x", "x", { x = true }) try(string.gsub, "x", "x", "y", {}) try(string.gsub, "x", "(x)(", "y") try(string.gsub, "x", "x", function() error("in sub", 0) end)
-- check: broken patterns
for _, p in ipairs { "(", ")", "%", "[", "[a", "[^", "[%", "[]", "%b", "%bx", "(()", "%1", "(%1)", "(a)%2", "%f", "a**", "*", "+a", "^*", "$", "^$", "a$b", "[a-", "%9", "(a", "x)" } do print(p, pcall(string.find, "a(x)*+", p)) end
-- check: back references and captures
print(("abab"):match("(ab)%1"), ("'q' \"r\""):gsub("(['\"])(.-)%1", "<%2>"), ("aa bb ab"):gsub("(%w)%1", "[%1]")) print(pcall(string.rep("()", 33).find, "x", ("()"):rep(33))) print(select("#", ("x"):match(("()"):rep(32)))) print(pcall(string.match, "x", ("("):rep(33)))
-- check: long subjects
local s = ("a"):rep(200000) print(#s:match("a*"), #s:match(".-$"), s:find("b"), s:gsub("a", "") == "", #s:gsub("a", "bc")) print(pcall(string.match, s, ("a?"):rep(100) .. ("a"):rep(100)) and "ok")
-- check: complexity of patterns
print(pcall(string.match, ("a"):rep(300), ("(a"):rep(20) .. (")"):rep(20)) ) print(pcall(string.find, ("x"):rep(300), ("x?"):rep(250) .. "y")) print(pcall(string.find, ("("):rep(300) .. (")"):rep(300), "%b()"))
-- check: dump
local function f(a) return a + 1 end local code = string.dump(f) print(code:sub(1, 4) == "\27Lua", load(code, "x", "b")(5)) try(string.dump, pairs) try(string.dump) try(string.dump, 5) print(load(string.dump(load("local a = ... return function() return a end", "=n")))(7)()) print(debug.getinfo(load(string.dump(f)), "S").source == debug.getinfo(f, "S").source)
-- check: no pack
print(string.pack, string.unpack, string.packsize, utf8, string.gfind)
-- check: methods on strings and numbers
print(("x"):rep(3), ("%d"):format(5), ("abc"):upper():lower():len(), #("x"):rep(10)) print(pcall(function() return (5):rep(2) end)) local s = "method" print(s:sub(2, 3), s.len == string.len, s.nothing) try(function() s.x = 1 end) try(function() return s[1] + 1 end)
