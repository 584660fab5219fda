-- The string functions over grids of arguments: results and messages.
local pack = table.pack or function(...) return {n = select("#", ...), ...} end
local kind = math.type or function(v) return type(v) == "number" and "number" or nil end
local maxinteger, mininteger = math.maxinteger or 2^53, math.mininteger or -2^53
local function show(v)
  if type(v) == "string" then return string.format("%q", v) end
  if kind(v) == "float" then return string.format("%a", v) end
  if v == nil or type(v) == "boolean" or kind(v) then return tostring(v) end
  return type(v)
end
local function try(name, f, ...)
  local r = pack(pcall(f, ...))
  for i = 1, r.n do r[i] = show(r[i]) end
  print(name, table.concat(r, " "))
end

-- check: sub and byte
local places = {0, 1, 2, 3, 5, 6, -1, -3, -5, -6, maxinteger, mininteger}
for _, s in ipairs {"", "a", "hello", "a\0b\0c"} do
  for _, i in ipairs(places) do
    try("byte", string.byte, s, i)
    for _, j in ipairs(places) do
      try("sub", string.sub, s, i, j)
      try("byte", string.byte, s, i, j)
    end
  end
  for _, f in ipairs {"len", "reverse", "upper", "lower"} do try(f, string[f], s) end
  for n = -1, 4 do
    try("rep", string.rep, s, n)
    try("rep", string.rep, s, n, ",")
  end
end
-- check: every function with wrong arguments
for _, f in ipairs {"byte", "char", "dump", "find", "format", "gmatch", "gsub", "len", "lower", "match", "rep", "reverse", "sub", "upper", "pack", "packsize", "unpack"} do
  local g = string[f]
  try(f, g) try(f, g, nil) try(f, g, {}) try(f, g, "x") try(f, g, "x", {}) try(f, g, 12, 3) try(f, g, "x", "y", {})
  try(f, g, "x", "y", "z", {}) try(f, g, true) try(f, g, "x", 1.5) try(f, g, "x", "1.0") try(f, g, "x", 2^63)
end
-- check: char
-- versions: 5.2+
try("char", string.char) try("char", string.char, 0, 255, 65) try("char", string.char, 1, 256) try("char", string.char, -1)
try("char", string.char, "65", 66.0) try("char", string.char, nil, nil)
local many = {}
for i = 1, 200 do many[i] = i % 256 end
try("char", string.char, table.unpack(many))
-- check: rep and its limits
-- versions: 5.3-5.4
try("rep", string.rep, "x", 1 << 31) try("rep", string.rep, "ab", 1 << 30) try("rep", string.rep, "", 1 << 40, "x") try("rep", string.rep, "", 1 << 20)
print(#string.rep("x", 100000), #string.rep("abc", 1000, ", "), string.rep("abc", 20, "--"))
-- check: case and order of long strings
print(string.upper(string.rep("aZ\xe9\x80", 30)), string.lower(string.rep("aZ\xc9", 30)), string.reverse(string.rep("abc", 30)))
-- check: arithmetic on strings
-- versions: 5.3+
local values = {"10", "0x10", " 5 ", "abc", "", 3, 2.5, "1e1", true, {}, "9223372036854775807", "9223372036854775808", "0x", "1 2", "inf", "0", 0}
for _, a in ipairs(values) do
  for _, b in ipairs(values) do
    try("+", function() return a + b end) try("-", function() return a - b end) try("*", function() return a * b end)
    try("%", function() return a % b end) try("^", function() return a ^ b end) try("/", function() return a / b end)
    try("//", function() return a // b end) try("&", function() return a & b end) try("<", function() return a < b end)
  end
  try("-", function() return -a end) try("~", function() return ~a end) try("#", function() return #a end)
end
-- check: arithmetic with another metamethod
local adder = setmetatable({}, {__add = function(a, b) return type(a) .. type(b) end})
try("+", function() return "10" + adder end) try("+", function() return adder + "10" end) try("+", function() return "abc" + adder end)
try("+", function() return "abc" + setmetatable({}, {}) end) try("+", function() return setmetatable({}, {__name = "My"}) + "x" end)
-- check: indexing strings
try("index", function() return ("x").len == string.len end) try("index", function() return ("x").foo end)
try("index", function() return ("x"):bar() end) try("index", function() ("x").y = 1 end)
-- check: what the libraries hold
for _, library in ipairs {getmetatable(""), string, table, math, utf8} do
  local names = {}
  for name in pairs(library) do names[#names + 1] = name end
  table.sort(names)
  print(table.concat(names, " "))
end
print(getmetatable("").__index == string, math.atan == math.atan2)
-- check: __tostring of strings and numbers
getmetatable("").__tostring = function(s) return "<" .. #s .. ">" end
print(("%s %5s"):format("abc", "y"), tostring("q"))
getmetatable("").__tostring = nil
debug.setmetatable(1, {__tostring = function() return "one" end})
print(("%s %d"):format(1, 1), tostring(2.5))
debug.setmetatable(1, nil)
print(("%s"):format(1))
-- check: upvalues of iterators changed by the debug library
local next_word = string.gmatch("one two three", "%a+")
print(next_word())
debug.setupvalue(next_word, 1, "another string")
collectgarbage()
print(pcall(next_word) ~= nil)
