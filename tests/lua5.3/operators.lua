-- Operators of 5.3: strings as operands, integers and floats, errors that name operands.
local function try(f, ...) print(select(2, pcall(f, ...))) end
local function run(text) print(select(2, pcall(assert(load(text, "=t"))))) end

-- check: strings in arithmetic are floats
print("10" + 5, 5 + "10", "10" - "3", "2" * 3, "7" / 2, "7" // 2, "7" % 4, "2" ^ "3", -"2", -"0x10", " 5 " + 0)
-- check: strings that spell floats
print("1e2" + 0, "0x.8p1" + 0, "1." + 0, ".5" + 0, "0x10" * 1, "  12  " // 5)
-- check: strings in bitwise operators are integers
print("7" & 3, "8" | 1, "5" ~ "1", "1" << 4, "256" >> "4", ~"0", "2.0" | 1, "0xff" & 15)
-- check: strings that are no integers in bitwise operators
for _, s in ipairs { "1.5", "x", "1e100", "" } do print(pcall(load("local s = ... return s | 1"), s)) end
-- check: integer strings beyond 64 bits
print("9223372036854775808" + 0, "-9223372036854775809" + 0, "0xffffffffffffffff" + 0, "0x1ffffffffffffffff" | 0)
-- check: integer arithmetic keeps integers
print(1 + 2, 7 // 2, 7 % 3, -7 // 2, -7 % 3, 7 // 2.0, 7 % 2.5, 2 ^ 2, 8 / 2, 1 << 63, 1 << 64, -1 >> 1, 3 | 4.0)
-- check: wrap around
print(math.maxinteger + 1 == math.mininteger, math.mininteger - 1, math.maxinteger * 2, math.mininteger // -1, math.mininteger % -1)
-- check: division by zero
run "return 1 // 0"
run "return 1 % 0"
print(1 / 0, -1 / 0, 1 // 0.0, 0 / 0 ~= 0 / 0, 1 % math.huge, -1 % math.huge)
-- check: division by zero in variables
run "local a, b = 1, 0 return a // b"
run "local a, b = 1, 0 return a % b"
-- check: floats without integer value in bitwise operators
run "return 1.5 | 0"
run "local a = 1.5 return a & 1"
run "local t = {x = 2^64} return 1 << t.x"
run "x = 0/0 return ~x"
-- check: arithmetic on wrong types
run "local a = {} return a + 1"
run "local a = {} return 1 + a"
run "return {} + 1"
run "a = nil return a * 2"
run "local t = {} return t.x - 1"
run "local t = {} return t.x.y"
run "return ('x'):rep(2) + 1"
-- check: constants have no names
run "return 'abc' + 1"
run "return 1 + 'abc'"
run "return 'a' | 1"
run "return -'abc'"
run "return ~'abc'"
run "local a = {} return 'x' + a"
run "local a return a .. 'x'"
run "return 'x' .. {}"
-- check: which operand is wrong
run "local a, b = '10', {} return a + b"
run "local a, b = {}, '10' return a + b"
run "local a, b = 'x', {} return a + b"
run "local a, b = '10', {} return a & b"
run "local a, b = 1.5, '3' return a & b"
run "local a, b = '3', '1.5' return a & b"
-- check: integer keys have no names
run "local t = {} return t[1].x"
run "local t = {} return t[1]()"
run "local t = {} t[1][2] = 3"
run "local t, k = {}, 'key' return t[k].x"
run "local t = {} return t['key'].x"
-- check: comparison of wrong types
run "return 1 < '2'"
run "return {} < {}"
run "return nil < nil"
run "return {} <= 1"
run "return 'a' < 1"
run "return print < print"
-- check: comparison of integers and floats
print(1 < 1.5, 2^53 == 2^53 + 1, math.maxinteger < 2^63, math.maxinteger + 0.0 == 2^63, math.mininteger <= -2^63, 1 == 1.0, 0/0 < 1)
-- check: comparison through lt
local mt = { __lt = function(a, b) return a.v < b.v end }
local a, b = setmetatable({ v = 1 }, mt), setmetatable({ v = 2 }, mt)
print(a <= b, b <= a, a < b, a > b, a >= b)
-- check: concatenation of numbers
print(1 .. 2, 1.5 .. "x", 2^63 .. "", -0.0 .. "", 1e100 .. "", math.mininteger .. "", 10 // 1.0 .. "|")
-- check: concatenation errors
run "local a = 'x' return a .. {} .. 'y'"
run "local t = {} return 'x' .. t.name"
run "return nil .. 'x'"
-- check: length of wrong types
run "return #5"
run "local a return #a"
run "return #t.x"
-- check: call of wrong types
run "local a a()"
run "local t = {} t.x()"
run "local t = {} t:method()"
run "undefined()"
run "(1)()"
run "('x')()"
run "local s = 'x' s:nothing()"
-- check: call metamethods must be functions
run "local t = setmetatable({}, {__call = 5}) t()"
run "local t = setmetatable({}, {__call = setmetatable({}, {__call = print})}) t()"
print(setmetatable({}, { __call = function(self, ...) return select("#", ...), ... end })(1, nil, 3))
-- check: metamethods of string arithmetic stay away
local s = getmetatable("")
print(rawget(s, "__add"), rawget(s, "__index") == string, rawget(s, "__unm"))
s.__add = function(a, b) return "added" end
print(pcall(function() return "x" + 1 end), "2" + 1)
-- check: idiv and mod of floats
for _, p in ipairs { { 5.5, 2 }, { -5.5, 2 }, { 5.5, -2 }, { -5.5, -2 }, { 0.0, 1 }, { -0.0, 1 }, { 1, math.huge }, { 1e308, 1e-308 } } do
  print(p[1] // p[2], p[1] % p[2])
end
-- check: shifts
for _, n in ipairs { -65, -64, -63, -1, 0, 1, 63, 64, 65 } do io.write((1 << n), " ", (-1 >> n), " ", (1 >> -n), "\n") end
-- check: tostring of numbers
print(1, 1.0, -0.0, 1e15, 1e16, 2^53, 123456.789e3, 0.1, 1/3, 100000000000000, 1e14, 3.14159265358979, math.pi, -1/0)
-- check: tonumber
for _, s in ipairs { "10", "10.0", "0x10", "0x1p4", "1e1", " 10 ", "10 ", "10a", "", "0x", "1e", "nan", "inf", "0x.p1", "١" } do io.write(tostring(tonumber(s)), " ") end
print(tonumber("10", 2), tonumber("zz", 36), tonumber("8", 8), tonumber("-ff", 16), tonumber("7fffffffffffffff", 16), tonumber("1.0", 10))
-- check: tonumber errors
try(tonumber)
try(tonumber, "1", 99)
try(tonumber, 1, 10)
try(tonumber, {}, 10)
print(tonumber({}), tonumber(nil))
-- check: math types
print(math.type(1), math.type(1.0), math.type("1"), math.tointeger(3.0), math.tointeger(3.5), math.tointeger("8"), math.ult(1, -1))
try(math.type)
try(math.tointeger)
