-- The math and utf8 libraries.
local function try(f, ...) print(pcall(f, ...)) end

-- check: constants
print(math.pi, math.huge, -math.huge, math.maxinteger, math.mininteger)
-- check: abs, ceil, floor
-- versions: 5.3+
print(math.abs(-5), math.abs(5), math.abs(-5.5), math.abs(math.mininteger), math.abs(-0.0), math.abs("-3"), math.ceil(1.5), math.ceil(-1.5), math.floor(1.5), math.floor(-1.5), math.ceil(3), math.floor(-3), math.floor(2^70), math.ceil(1e300), math.floor(-0.0), math.ceil(-0.5), math.floor(2^62), math.floor(2^63), math.ceil(2^53 + 0.0))
try(math.abs) try(math.abs, "x") try(math.floor, {}) try(math.ceil, nil) print(math.floor(1/0), math.ceil(-1/0), math.floor(0/0) ~= math.floor(0/0))
-- check: fmod and modf
-- versions: 5.3+
print(math.fmod(7, 3), math.fmod(-7, 3), math.fmod(7, -3), math.fmod(-7, -3), math.fmod(7.5, 2), math.fmod(-7.5, 2), math.fmod(math.mininteger, -1), math.fmod(5, math.huge), math.fmod(1, 0.0) ~= math.fmod(1, 0.0), math.fmod(6, 2), math.fmod(-6, 2), math.fmod(3, math.mininteger))
print(math.modf(3.7)) print(math.modf(-3.7)) print(math.modf(5)) print(math.modf(1/0)) print(math.modf(-1/0)) print(math.modf(-0.0)) print(math.modf(2^60)) try(math.fmod, 1, 0) try(math.fmod, 1) try(math.fmod) try(math.fmod, 1, "x") try(math.modf)
-- check: max and min
-- versions: 5.3+
print(math.max(1, 2, 3), math.max(1.5, 2), math.max(2, 2.0), math.max(2.0, 2), math.min(3, 1, 2), math.min(-0.0, 0), math.max(-1), math.min(1, 0/0), math.max(0/0, 1) ~= math.max(0/0, 1), math.max(math.maxinteger, 2^63), math.min(math.mininteger, -2^63)) try(math.max) try(math.min) try(math.max, 1, "x") try(math.min, nil) try(math.max, {}, 1)
-- check: sqrt, exp, log
print(math.sqrt(16), math.sqrt(2), math.sqrt(-1) ~= math.sqrt(-1), math.exp(0), math.exp(1), math.log(1), math.log(10), math.log(8, 2), math.log(100, 10), math.log(27, 3), math.log(0), math.log(-1) ~= math.log(-1), math.log(2, 0.5), math.log(1024, 2.0), math.log(1000, 10)) try(math.log) try(math.log, 1, "x") try(math.sqrt, "x") try(math.exp)
-- check: trigonometry
print(("%.14g %.14g %.14g %.14g %.14g %.14g %.14g %.14g %.14g"):format(math.sin(1), math.cos(1), math.tan(1), math.asin(1), math.acos(0), math.atan(1), math.atan(1, -1), math.atan(-1, -1), math.atan(0, -1))) print(math.deg(math.pi), math.rad(180), math.sin(0), math.cos(0), math.atan(1, 0), math.atan(-0.0, -1), math.atan(0.0, 1)) try(math.sin) try(math.cos, "x") try(math.deg) try(math.rad, nil)
-- check: type and tointeger
-- versions: 5.3+
print(math.type(1), math.type(1.0), math.type("1"), math.type(nil), math.type({})) try(math.type) print(math.tointeger(3.0), math.tointeger("8"), math.tointeger(3.5), math.tointeger("abc"), math.tointeger(2^53))
-- check: ult
-- versions: 5.3+
print(math.ult(1, 2), math.ult(-1, 2), math.ult(2, -1), math.ult(0, 0), math.ult(math.maxinteger, math.mininteger)) try(math.ult, 1) try(math.ult, 1.5, 2) try(math.ult, "x", 1) print(math.ult("1", 2.0))
-- check: random sequences by seed
-- versions: 5.4+
math.randomseed(42) for i = 1, 5 do io.write(math.random(100), " ") end for i = 1, 5 do io.write(("%.17g"):format(math.random()), " ") end for i = 1, 5 do io.write(math.random(0), " ") end print()
math.randomseed(42, 7) for i = 1, 5 do io.write(math.random(-5, 5), " ") end print() math.randomseed(3.0) print(math.random(1000)) try(math.randomseed, 3.5) math.randomseed(-1) print(math.random(1, 1 << 40), math.random(math.mininteger, math.maxinteger), math.random(5, 5), math.random(1 << 62))
math.randomseed("17") print(math.random(1000)) try(math.randomseed, 2^70)
-- check: random results of seeding
-- versions: 5.4+
print(math.randomseed(5)) print(math.randomseed(5, 6)) print(select("#", math.randomseed()))  print(math.randomseed(7.0))
-- check: random errors
try(math.random, 0, -1) try(math.random, 2, 1) try(math.random, 1, 2, 3) try(math.random, 1.5) try(math.random, "x") try(math.random, -5) try(math.randomseed, "x") try(math.randomseed, {}) try(math.random, 1, {}) print((pcall(math.random, math.mininteger, -1)))
-- check: random ranges hold
-- versions: 5.3+
math.randomseed(1) local ok = true for i = 1, 10000 do local r = math.random(3, 9) if r < 3 or r > 9 or math.type(r) ~= "integer" then ok = false end local f = math.random() if f < 0 or f >= 1 then ok = false end end print(ok) local c = {} for i = 1, 7000 do local r = math.random(7) c[r] = (c[r] or 0) + 1 end print(table.concat(c, " "))
-- check: functions of compatibility
-- versions: 5.1-5.4
print(math.pow(2, 10), math.cosh(0), math.sinh(0), math.tanh(0), math.frexp(8), math.ldexp(1, 4), math.log10(1000))
-- check: utf8.char
-- versions: 5.4+
print(utf8.char(), utf8.char(72, 228, 8364, 128512), #utf8.char(0x7FFFFFFF), utf8.char(0):byte(), utf8.charpattern == "[\0-\x7F\xC2-\xFD][\x80-\xBF]*") try(utf8.char, -1) try(utf8.char, 0x80000000) try(utf8.char, "x") try(utf8.char, 1, 2, {}) print(utf8.char(0x7F, 0x80, 0x7FF, 0x800, 0xFFFF, 0x10000, 0x10FFFF):byte(1, -1))
-- check: utf8.codepoint
-- versions: 5.4+
print(utf8.codepoint("häß€😀", 1, -1)) print(utf8.codepoint("abc"), utf8.codepoint("abc", 2), utf8.codepoint("abc", -1), utf8.codepoint("abc", 3, 2)) try(utf8.codepoint, "abc", 4) try(utf8.codepoint, "abc", 0) try(utf8.codepoint, "\xff") try(utf8.codepoint, "ä", 2) try(utf8.codepoint, "abc", 1, 10) try(utf8.codepoint, "") try(utf8.codepoint) try(utf8.codepoint, "\u{D800}") print(utf8.codepoint("\u{D800}", 1, 1, true), utf8.codepoint("\u{7FFFFFFF}", 1, 1, true)) try(utf8.codepoint, "\u{110000}") try(utf8.codepoint, "\xc0\x80")
-- check: utf8.len
-- versions: 5.3+
print(utf8.len("häß€😀"), utf8.len(""), utf8.len("abc", 2), utf8.len("abc", 4), utf8.len("abc", 2, 2), utf8.len("abc", -1), utf8.len("ä", 1), utf8.len("abc", 3, 1)) print(utf8.len("ab\xffcd")) print(utf8.len("ä", 2)) print(utf8.len("\xe2\x82")) print(utf8.len("\u{D800}"), utf8.len("\u{D800}", 1, -1, true)) print(utf8.len("\xf4\x90\x80\x80"), utf8.len("\xf4\x90\x80\x80", 1, -1, true)) print(utf8.len("\xc0\x80"), utf8.len("\xe0\x80\x80"), utf8.len("\x80")) try(utf8.len, "abc", 5) try(utf8.len, "abc", 1, 4) try(utf8.len, "abc", -5) try(utf8.len) try(utf8.len, {}) try(utf8.len, "abc", 0) try(utf8.len, "x", 1, {})
-- check: utf8.offset
-- versions: 5.3+
local s = "aä€😀z" for i = -6, 6 do io.write(tostring(utf8.offset(s, i)), " ") end print() print(utf8.offset(s, 2, 2), utf8.offset(s, -1, 4), utf8.offset(s, 0, 3), utf8.offset(s, 0, 5), utf8.offset(s, 1), utf8.offset("", 1), utf8.offset("", 0), utf8.offset("abc", 5), utf8.offset("abc", 4)) try(utf8.offset, s, 1, 3) try(utf8.offset, s, -1, 5) try(utf8.offset, s, 1, 100) try(utf8.offset, s) try(utf8.offset) try(utf8.offset, s, 1, -100) try(utf8.offset, s, "x") try(utf8.offset, "abc", 1, 5) print(utf8.offset("abc", 1, 4), utf8.offset("a\x80\x80", -1))
-- check: utf8.codes
-- versions: 5.4+
for p, c in utf8.codes("aä€😀") do io.write(p, ":", c, " ") end print() for p, c in utf8.codes("") do print "never" end try(function() for p, c in utf8.codes("a\xffb") do io.write(p, " ") end end) try(function() for p, c in utf8.codes("ab\xe2\x82") do io.write(p, " ") end end) try(function() for _ in utf8.codes("\u{D800}") do end end) for p, c in utf8.codes("\u{D800}\u{7FFFFFFF}", true) do io.write(p, ":", c, " ") end print() try(utf8.codes) try(utf8.codes, {}) try(function() for _ in utf8.codes("\x80") do end end) try(function() for _ in utf8.codes("a\x80") do io.write "x" end end)
-- check: utf8 pattern
-- versions: 5.3+
for c in ("aä€😀"):gmatch(utf8.charpattern) do io.write("<", c, ">") end print() print(("häuser"):gsub(utf8.charpattern, function(c) return #c > 1 and "?" or nil end))
