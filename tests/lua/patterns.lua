-- find, match, gmatch, gsub and the pattern language.
local function try(f, ...) print(pcall(f, ...)) end

-- check: find
print(("hello"):find("l"), ("hello"):find("xyz"), ("hello"):find(""), ("hello"):find("", 10), ("hello"):find("", 6), ("hello"):find("lo", -2), ("hello"):find("h", 2))
print(("a.b"):find(".", 1, true), ("a.b"):find("%."), ("a+b"):find("+", 1, true), ("x"):find("x", -10), ("abc"):find("b", 1, true), (""):find(""), (""):find("", 1, true))
print(("hello"):find("(l)(l)"), ("hello"):find("()ll()"))
-- check: find with init beyond
print(("abc"):find("c", 4), ("abc"):find("", 4), ("abc"):find("", 5), ("abc"):find("^c", 3), ("abc"):find("b", -1), ("abc"):find("a", -100), ("abc"):find("a", math.mininteger), ("abc"):find("a", math.maxinteger))
-- check: match
print(("key = value"):match("(%w+)%s*=%s*(%w+)"), ("abc"):match("b"), ("abc"):match("(b)(c)"), ("abc"):match("x"), ("abc"):match("()"), ("2024-01-15"):match("(%d+)-(%d+)-(%d+)"))
print(("  trim  "):match("^%s*(.-)%s*$") .. "|", ("abc"):match("^(a)"), ("abc"):match("^b"), ("abc"):match("c$"), ("a$"):match("a%$"), ("abc"):match(".-"), ("abc"):match("a", 2))
-- check: character classes
local all = {}
for i = 0, 255 do all[#all + 1] = string.char(i) end
all = table.concat(all)
for c in ("acdglpsuwxACDGLPSUWX"):gmatch "." do io.write(c, select(2, all:gsub("%" .. c, "")), " ") end
print()
-- check: sets
-- versions: 5.2+
print(("abc123"):match("[a-c]+"), ("abc123"):match("[^a-c]+"), ("a-b"):match("[a%-]+"), ("a]b"):match("[]]"), ("a]b"):match("[^]]+"), ("x^y"):match("[x^]+"), ("abc"):match("[%a]+"), ("12ab"):match("[%d%a]+"), ("a-z"):match("[a-]+"), ("-"):match("[+--]"), ("é"):match("[\xc3\xa9]+"))
print(("x"):match("[%w_]"), ("%"):match("[%%]"), ("."):match("[.]"), ("a"):match("[.]"), ("\0"):match("[%z]"), ("a\0b"):match("[^\0]+"), ("]"):match("[%]]"), ("[["):match("[[]+"))
-- check: repetitions
print(("aaa"):match("a*"), ("aaa"):match("a-"), ("aaa"):match("a+"), ("aaa"):match("a?"), ("baaa"):match("^a*"), ("<<a>>"):match("<(.-)>"), ("<<a>>"):match("<(.*)>"), ("ab"):match("ab?c?"), ("aXb"):match("a.-b"), ("aaab"):match("a-b"))
-- check: backtracking
print(("aaaaab"):match("a*ab"), ("aaaaa"):match("a*aa"), ("abcabcabd"):match("(ab).*%1d"), ("x=1, y=2"):match("(%w)=(%d), (%w)=(%d)"), ("aaa"):find("a-$"), ("foobarbar"):match(".*(bar)"))
-- check: balanced
print(("f(a(b)c)d"):match("%b()"), ("((x)"):match("%b()"), ("[[x]]"):match("%b[]"), ("'a'b'"):match("%b''"), ("(("):match("%b()"), ("begin end"):match("%bbn"))
-- check: frontier
print((("THE (quick) fox"):gsub("%f[%a]%a+", "W")), ("THE (quick) fox"):find("%f[%a]%a+%f[%A]"), ("x"):match("%f[%z]"), ("foo"):find("%f[%z]"), ("[foo]"):match("%f[%w]%w+"), (("a1b2"):gsub("%f[%d]", ".")))
-- check: back references
print(("abab"):match("(ab)%1"), ("'x'"):match("(['\"])(.-)%1"), ("aa bb"):gsub("(%a)%1", "<%0>"), ("abc"):match("(a)(b)%2"), ("x"):match("(x)%1"))
-- check: position captures
print(("abc"):match("()b()"), ("abc"):find("()", 2), ("hello world"):gsub("()o()", "%1-%2"), (("abc"):gsub("()", "%1")))
-- check: anchors
print(("abc"):find("^abc$"), ("abc\n"):find("^abc$"), ("aaa"):gsub("^a", "x"), ("aaa"):gsub("a$", "x"), ("a^b"):find("a^b"), ("a$b"):find("a$b"), (""):find("^$"), ("x"):find("^", 2))
-- check: gsub with strings
print(("hello world"):gsub("o", "0"), ("hello"):gsub("", "-"), ("abc"):gsub("%w", "%0%0"), ("abc"):gsub("(a)(b)", "%2%1"), ("abc"):gsub("b", "%%"), ("x y"):gsub("(%w) (%w)", "%2 %1"), ("abc"):gsub("%w", "%1"))
print(("abc"):gsub(".", { a = 1, b = "two", c = false }), ("hello"):gsub("l", "L", 1), ("hello"):gsub("l", "L", 0), ("hello"):gsub("l", "L", -1), ("hello"):gsub("x", "y"), ("hello"):gsub("l", "L", 10))
-- check: gsub with tables and functions
print(("$name is $age"):gsub("%$(%w+)", { name = "Bob", age = 42 }), ("abc"):gsub("%w", function(c) if c == "b" then return nil end return c:upper() end))
print(("a b"):gsub("(%w) (%w)", function(x, y) return y .. x end), ("abc"):gsub("()", function(p) return p end), ("abc"):gsub("b", function() return false end), ("abc"):gsub("b", function() end), ("x"):gsub("x", function() return 1.5 end))
print(("abc"):gsub("%w", setmetatable({}, { __index = function(_, k) return k .. k end })))
-- check: gsub of empty matches
print(("abc"):gsub("x*", "-"), ("hello world"):gsub("%s*", "."), (""):gsub("", "x"), (""):gsub("x*", "y"), ("abc"):gsub("b*", "."), ("  a"):gsub("^%s*", ""), ("aXbX"):gsub("X?", "_"))
-- check: gsub errors
try(string.gsub, "abc", "b", "%2")
try(string.gsub, "abc", "(b)", "%2")
try(string.gsub, "abc", "b", "%x")
try(string.gsub, "abc", "b", "%")
try(string.gsub, "abc", "b", true)
try(string.gsub, "abc", "b")
try(string.gsub, "abc", "b", nil)
try(string.gsub, "abc", "b", function() return {} end)
try(string.gsub, "abc", "b", { b = print })
try(string.gsub, "abc", "b", function() return true end)
try(string.gsub, "abc", "b", "x", "y")
try(string.gsub, "abc", "b", "x", {})
try(string.gsub, "abc", {}, "x")
try(string.gsub)
try(string.gsub, "abc", "b", function() error "inside" end)
try(string.gsub, "abc", "b", function() error({}) end == nil)
-- check: gmatch
for k, v in ("a=1, b=2, c=3"):gmatch("(%w+)=(%w+)") do io.write(k, v, ";") end
for w in ("one two  three"):gmatch("%a+") do io.write(w, ";") end
for p in ("abc"):gmatch("()") do io.write(p, ";") end
for m in ("abc"):gmatch("") do io.write("[", m, "]") end
for m in ("aXbXc"):gmatch("X*") do io.write("[", m, "]") end
for m in ("^a^a"):gmatch("^a") do io.write("[", m, "]") end
print()
-- check: gmatch with init
for m in ("abcdef"):gmatch("..", 3) do io.write(m, ";") end
for m in ("abcdef"):gmatch(".", -2) do io.write(m, ";") end
for m in ("abc"):gmatch(".", 10) do io.write(m, ";") end
for m in ("abc"):gmatch("", 4) do io.write("[", m, "]") end
for m in ("abc"):gmatch(".", -10) do io.write(m, ";") end
print()
-- check: gmatch iterator kept and collected
local f = ("x1y2z3"):gmatch("%a(%d)")
collectgarbage()
print(f(), f(), f(), f(), f())
try(string.gmatch)
try(string.gmatch, "x")
try(string.gmatch, "x", {})
try(("x"):gmatch("(x"))
-- check: malformed patterns
try(string.find, "x", "[")
try(string.find, "x", "[]")
try(string.find, "x", "[^]")
try(string.find, "x", "[a")
try(string.find, "x", "[a%")
try(string.find, "x", "%")
try(string.find, "x", "(")
try(string.find, "x", ")")
try(string.find, "x", "(x")
try(string.find, "x", "x)")
try(string.find, "x", "(()")
try(string.find, "x", "%1")
try(string.find, "x", "(%1)")
try(string.find, "x", "(x)%2")
try(string.find, "x", "%b")
try(string.find, "x", "%bx")
try(string.find, "x", "%f")
try(string.find, "x", "%fx")
try(string.find, "x", "%f[")
try(string.find, "x", "[%")
try(string.find, "x", "[a-")
try(string.find, "x", "[a-%")
try(string.find, "xx", "x%9")
-- check: malformed pattern not reached
try(string.find, "abc", "x(")
try(string.find, "abc", "d%")
try(string.find, "", "a[")
try(string.match, "abc", "a*[")
-- check: too many captures
try(string.find, ("x"):rep(40), ("(x)"):rep(32))
try(string.find, ("x"):rep(40), ("(x)"):rep(33))
print(select("#", ("x"):rep(40):match(("(x)"):rep(32))))
-- check: pattern too complex
-- versions: 5.2+
try(string.match, ("x"):rep(300000), ("x?"):rep(300000))
try(string.match, ("("):rep(1000), ("%("):rep(199) .. "x")
print(pcall(string.match, ("a"):rep(250000), ("(a?)"):rep(20)) )
print(#string.match(("a"):rep(300000), ".-b?$"))
try(string.rep, "x", -1)
-- check: recursion in the matcher
-- versions: 5.2+
local p = ("a?"):rep(250) .. ("a"):rep(250)
print(pcall(string.find, ("a"):rep(250), p:sub(1, 100)))
try(string.find, ("a"):rep(220000), (".-"):rep(220000) .. "b")
-- check: patterns with zeros
print(("a\0b"):find("\0"), ("a\0b\0"):gsub("\0", "0"), ("a\0b"):match("a%zb"), ("\0\0\0"):match("^\0+$"):len(), ("a\0b"):find("b", 1, true), ("a\0b"):find("%W"))
-- check: long subjects
local s = ("abc "):rep(20000)
print(select(2, s:gsub("%w+", "%0")), #s:gsub("b", "BBB"), s:find("c a", 50000, true), s:match(".*(b)"), #s:gsub("%s", ""))
-- check: plain search of long needles
local s = ("ab"):rep(1000) .. "abc" .. ("ab"):rep(1000)
print(s:find("abc", 1, true), s:find("bca", 1, true), s:find("cc", 1, true), s:find(("ab"):rep(900), 1, true), s:find("%Babc") )
-- check: captures in find with plain
print(("a(b)c"):find("(b)", 1, true), ("a(b)c"):find("(b)"), ("x.y"):find(".", 2, true), ("x"):find("x", 1, false), ("a.b"):find("a.b", 1, nil))
-- check: gsub with anchors repeated
print(("aaa"):gsub("^a", "b", 5), ("\n\n"):gsub("^\n", "x"), ("abab"):gsub("^ab", ""), ("xay"):gsub("^a", "-"))
-- check: special characters escaped
print(("a.b*c+d?e-f^g$h(i)j[k]l%m"):gsub("[%.%*%+%?%-%^%$%(%)%[%]%%]", "_"), ("1+1=2"):gsub("1%+1", "x"), (("%d"):gsub("%%d", "%%s")))
-- check: csv, words, url decoding
local out = {}
for field in ('a,"b c",,d,'):gmatch('([^,]*),?') do out[#out + 1] = "<" .. field .. ">" end
print(table.concat(out))
print((("hello world foo"):gsub("(%w)(%w*)", function(a, b) return a:upper() .. b end)))
print((("a%20b%2Fc+d"):gsub("+", " "):gsub("%%(%x%x)", function(h) return string.char(tonumber(h, 16)) end)))
print((("CamelCaseString"):gsub("(%u)", " %1")), (("path/to/file.txt"):match("([^/]+)%.(%w+)$")))
-- check: errors show the function's name
try(function() return ("x"):find("[") end)
try(function() return ("x"):match(nil) end)
try(function() return ("x"):gsub("x") end)
try(function() return ("x"):find() end)
try(function() return string.find("x", "x", {}) end)
try(function() return string.match({}, "x") end)
