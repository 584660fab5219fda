-- The string library without patterns and formats.
local function try(f, ...) print(pcall(f, ...)) end

-- check: len and byte
print(#"", ("abc"):len(), #"a\0b", ("héllo"):len())
print(("abc"):byte(), ("abc"):byte(2), ("abc"):byte(-1), ("abc"):byte(1, -1))
print(("abc"):byte(10), ("abc"):byte(0), ("abc"):byte(-10, 10), ("abc"):byte(3, 2), (""):byte())
print(("\0\255"):byte(1, 2))
try(string.byte)
try(string.byte, "x", "y")
try(string.byte, "x", 1.5)
try(string.byte, {})
print(string.byte(12, 2))
-- check: byte of too many
try(string.byte, ("x"):rep(2^24), 1, -1)
-- check: char
print(string.char(), string.char(72, 105), #string.char(0, 255))
try(string.char, 256)
try(string.char, -1)
try(string.char, 65, "x")
try(string.char, 65, 300)
try(string.char, 1.5)
try(string.char, nil)
-- check: sub
-- versions: 5.3+
local s = "hello world"
print(s:sub(1, 5), s:sub(7), s:sub(-5), s:sub(-5, -2), s:sub(3, 3), "[" .. s:sub(4, 3) .. "]", s:sub(0), s:sub(-100, 2), s:sub(5, 100))
print("[" .. s:sub(100) .. "]", "[" .. s:sub(2, -100) .. "]", s:sub(math.mininteger, math.maxinteger), "[" .. s:sub(math.maxinteger) .. "]", s:sub(2.0, "4"))
try(string.sub, "x")
try(string.sub)
try(string.sub, "x", {})
try(string.sub, "x", 1, "y")
try(string.sub, "x", 1.5)
-- check: upper, lower, reverse
print(("MiXed 123 é"):upper(), ("MiXed 123 É"):lower(), ("abc"):reverse(), (""):reverse(), ("a\0b"):reverse():byte(1, -1))
try(string.upper)
try(string.lower, nil)
try(string.reverse, true)
-- check: rep
-- versions: 5.3+
print(("ab"):rep(3), ("ab"):rep(3, ","), ("ab"):rep(1, ","), "[" .. ("ab"):rep(0, ",") .. "]", "[" .. ("ab"):rep(-1) .. "]", "[" .. (""):rep(1000) .. "]", (""):rep(3, "x"))
try(string.rep, "x")
try(string.rep)
try(string.rep, "x", 1e10, ("y"):rep(1e9 // 1 | 0):sub(1, 0))
-- check: rep too large
-- versions: 5.3+
try(string.rep, "x", math.maxinteger)
try(string.rep, "ab", math.maxinteger)
try(string.rep, "x", 1 << 62, "y")
try(string.rep, ("x"):rep(1000), 1 << 60)
print(#("x"):rep(1 << 20))
-- check: concatenation
local t = {}
for i = 1, 20 do t[#t + 1] = ("x"):rep(i) .. i end
local s = ""
for i = 1, 20 do s = s .. t[i] .. "," .. i .. "," .. i / 2 end
print(#s, s:sub(1, 60))
print("a" .. "" .. "b", "" .. "", 1 .. "", "x" .. 1.5 .. "y" .. -2)
-- check: comparison of long strings
local a, b = ("x"):rep(100), ("x"):rep(50)
local c = b .. b
print(a == c, a < c .. "y", a <= c, rawequal(a, c), ({ [a] = 1 })[c], #a == #c)
-- check: interning across lengths
local t = {}
for i = 35, 45 do local k = ("k"):rep(i); t[k] = i end
for i = 35, 45 do io.write(t[("k"):rep(i)], " ") end
print()
-- check: strings as numbers and back
print(10 .. "", "10" + 1, "0x10" * 1, tostring(1e15), tostring(-1.5), ("5"):rep(3) + 0)
-- check: methods through the string metatable
print(("x").rep == string.rep, getmetatable("").__index == string, getmetatable("").__name)
print(#getmetatable("x").__index.format("%d", 3))
try(function() return ("x").y.z end)
try(function() local s = "x"; s.y = 1 end)
string.double = function(s) return s .. s end
print(("ab"):double())
-- check: arithmetic metamethods of strings
-- versions: 5.3+
print("10" + "5", "10" - 1, 2 * "3", "7" // "2", "7" % 4, "2" ^ "3", "1" / "4", -"3")
try(function() return "a" + 1 end)
try(function() return {} + "1" end)
try(function() return "1" + {} end)
try(function() return "x" - "y" end)
try(function() return -"x" end)
try(getmetatable("").__add, 1, 2)
try(getmetatable("").__add, "x", 2)
try(getmetatable("").__unm, "4", "4")
try(getmetatable("").__concat)
-- check: second operand with its own metamethod
local t = setmetatable({}, { __add = function(a, b) return "mine" end, __mul = function() return "product" end })
print("1" + t, t + "x", "x" * t)
-- check: tostring of values
-- versions: 5.3+
print(tostring(nil), tostring(true), tostring(false), tostring(12), tostring(1.0), tostring("s"))
print((tostring({}):gsub("0x%x+", "P")), (tostring(print):gsub("0x%x+", "P")), (tostring(coroutine.create(print)):gsub("0x%x+", "P")), (tostring(io.stdout):gsub("0x%x+", "P")))
print((tostring(setmetatable({}, { __name = "Type" })):gsub("0x%x+", "P")), tostring(setmetatable({}, { __tostring = function() return "mine" end })))
try(tostring)
try(tostring, setmetatable({}, { __tostring = function() return 1 end }))
try(tostring, setmetatable({}, { __tostring = function() return {} end }))
try(tostring, setmetatable({}, { __tostring = 1 }))
try(tostring, setmetatable({}, { __tostring = function() error "inside" end }))
print((tostring(setmetatable({}, { __name = 1 })):gsub("0x%x+", "P")))
-- check: table.concat
-- versions: 5.3+
print(table.concat({}), table.concat({ 1, 2, 3 }), table.concat({ 1, 2.5, "x" }, ", "), table.concat({ 1, 2, 3 }, "-", 2), table.concat({ 1, 2, 3 }, "-", 2, 2), "[" .. table.concat({ 1, 2, 3 }, "-", 3, 2) .. "]")
print(table.concat({ [5] = "a", [6] = "b" }, "+", 5, 6), table.concat({ "x" }, ("sep"):rep(10)))
try(table.concat, { 1, {}, 3 })
try(table.concat, { 1, nil, 3 }, ",", 1, 3)
try(table.concat, { true })
try(table.concat, {}, {}, 1)
try(table.concat, { 1 }, "", "x")
try(table.concat, 5)
try(table.concat)
try(table.concat, {}, ",", 1, 2)
try(table.concat, { print }, ",")
try(table.concat, setmetatable({}, { __index = function(_, k) return "v" .. k end, __len = function() return 3 end }), ",")
try(table.concat, { 1, 2 }, ",", math.maxinteger, math.maxinteger)
print(table.concat({ [math.maxinteger] = "last" }, ",", math.maxinteger, math.maxinteger))
-- check: string coercion in arguments
print(("x"):rep("2"), string.len(123), string.upper(1.5), string.reverse(-12), string.byte(7))
-- check: arguments missing in methods
try(function() return ("x"):rep() end)
try(function() return ("x"):rep({}) end)
try(function() return ("x").rep() end)
try(function() return ("x"):sub({}, 1) end)
try(function() return ("x"):byte(1, {}) end)
try(function() return string.rep(nil, 3) end)
try(function() local s = string; return s.sub(nil) end)
-- check: string.len of other values
try(string.len)
try(string.len, nil)
try(string.len, {})
try(string.len, print)
-- check: large string pieces
local big = ("0123456789"):rep(100000)
print(#big, big:sub(500001, 500010), big:byte(-1), #big:upper(), #big:reverse(), big:find("90", 999990, true), #(big .. big))
-- check: embedded zeros
local s = "a\0b\0c"
print(#s, s:sub(3, 3), (s:upper():gsub("%z", ".")), s == "a\0b\0c", s < "a\0b\0d", s:rep(2, "\0"):len(), (("%q"):format(s)))
-- check: locale independent comparison
print("a" < "B", "A" < "a", "Z" < "a", "é" < "z", ("\x80" < "\x7f"))
-- check: dump is a string
print(type(string.dump(function() end)), string.dump(function() end):sub(1, 4) == "\27Lua")
try(string.dump, print)
try(string.dump)
try(string.dump, "x")
