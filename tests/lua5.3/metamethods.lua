-- Metamethods of 5.3: which are called, with what, and what becomes of their results.
local function recorder(name, log) return setmetatable({}, setmetatable({ __tostring = function() return name end }, { __index = function(_, event) return log[event] end })) end
local function show(...) local list = table.pack(...) for i = 1, list.n do list[i] = tostring(list[i]):gsub("0x%x+", "P") end return table.concat(list, ",") end
local function object(name, events) local mt = { __tostring = function() return name end } for event in events:gmatch "%w+" do mt["__" .. event] = function(...) io.write(event, "(", show(...), ") ") return event end end return setmetatable({}, mt) end

-- check: arithmetic metamethods get both operands
local a = object("A", "add sub mul div mod pow unm idiv") local b = object("B", "add")
print(a + 1, 1 + a, a - "x", "x" * a, a / nil, {} == a, a % 2.5, a ^ a, -a, a // true, b + a, a + b)
-- check: bitwise metamethods get both operands
local a = object("A", "band bor bxor shl shr bnot")
print(a & 1, 1 | a, a ~ "x", 1.5 << a, a >> {} == "shr", ~a, "5" & a, a | 2^70, nil ~ a)
-- check: strings and numbers do not call metamethods of strings for arithmetic
local mt = getmetatable("") mt.__add = function() return "string's" end mt.__band = function() return "string's band" end
print("1" + 1, pcall(function() return "x" + 1 end)) print(pcall(function() return "x" & 1 end)) print(pcall(function() return "1.5" & 1 end)) mt.__add, mt.__band = nil, nil
-- check: bitwise metamethods of operands that are no integers
debug.setmetatable(1.5, { __band = function(a, b) return "band " .. tostring(a) .. " " .. tostring(b) end, __shl = function() return "shl" end, __bnot = function() return "bnot" end, __idiv = function() return "never" end })
print(1.5 & 1, 1 & 2.5, 3 & 1, 3.0 & 1, 2.5 << 1, ~1.5, ~1, 7 // 2, pcall(function() return "x" & 1 end)) debug.setmetatable(1, nil)
-- check: concatenation metamethods
local a = object("A", "concat") print(a .. 1, 1 .. a, "x" .. a .. "y", a .. a, 1 .. 2 .. a, a .. 1 .. 2, "a" .. "b" .. a .. "c" .. "d")
-- check: equality metamethods
local a, b, c = object("A", "eq"), object("B", "eq"), object("C", "") print(a == b, a == c, c == a, a == a, a ~= b, a == 1, "x" == a, c ~= a, rawequal(a, b)) local t = setmetatable({}, { __eq = function() return nil end }) print(t == {}, {} == t, t ~= {}) print(setmetatable({}, { __eq = function() return 1 end }) == {})
-- check: order metamethods
local a, b = object("A", "lt le"), object("B", "lt") print(a < b, b < a, a <= b, b <= 1, a > 1, 1 >= a, a < "x", b >= b, not (a > b)) print(pcall(function() return {} < a, {} <= a end)) print(pcall(function() return {} < {} end))
-- check: less or equal from less than
local a = setmetatable({}, { __lt = function(x, y) io.write("lt ") return true end }) print(a <= 1, 1 <= a, a >= a) print(coroutine.wrap(function() local y = setmetatable({}, { __lt = function() return coroutine.yield("in lt") end }) return y <= 1, 1 >= y end)())
local co = coroutine.wrap(function() local y = setmetatable({}, { __lt = function() return coroutine.yield("in lt") end }) return y <= 1, y >= 2, not (y <= 1) end) print(co(), co(true), co(false), co(nil))
-- check: length metamethods
local a = setmetatable({ 1, 2 }, { __len = function(...) io.write(select("#", ...), " ") return 2.5, 3 end }) print(#a, rawlen(a)) print(#setmetatable({}, { __len = function() return "long" end }), #setmetatable({}, { __len = function() end })) debug.setmetatable(nil, { __len = function() return "nil's" end }) print(#nil) debug.setmetatable(nil, nil) print(pcall(function() return #5 end))
-- check: index and newindex get the object that has them
local inner = setmetatable({}, { __index = function(t, k) return rawequal(t, inner) end, __newindex = function(t, k, v) rawset(t, k, "set " .. tostring(v)) end }) local outer = setmetatable({}, { __index = inner, __newindex = inner }) print(outer.x, outer[1]) outer.y = 1 outer[1.0] = 2 print(rawget(inner, "y"), rawget(inner, 1), rawget(outer, "y"))
local s = setmetatable({}, { __index = "abc" }) print(s.len == string.len, s.nothing) print(pcall(function() setmetatable({}, { __newindex = "abc" }).x = 1 end))
-- check: call metamethods
local f = setmetatable({}, { __call = function(self, ...) return select("#", ...), ... end }) print(f(), f(nil), f(1, 2, nil)) print((f(1, 2))) print(pcall(f, "x"), select(2, xpcall(f, print, "y"))) print(pcall(setmetatable({}, { __call = f }))) print(coroutine.wrap(function(...) return f(...) end)(7)) table.sort({ 2, 1 }, function(...) return f(...) > 5 end) print(("x"):gsub("x", function(...) return (f(...)) .. "" end))
-- check: tostring metamethods
print(tostring(setmetatable({}, { __tostring = function() return "text" end })), pcall(tostring, setmetatable({}, { __tostring = function() return 5 end }))) print(pcall(tostring, setmetatable({}, { __tostring = function() end }))) print(pcall(tostring, setmetatable({}, { __tostring = "x" }))) print(string.format("%s|%5s|%.2s", setmetatable({}, { __tostring = function() return "text" end }), setmetatable({}, { __tostring = function() return "t" end }), setmetatable({}, { __tostring = function() return "long" end }))) print(pcall(string.format, "%s", setmetatable({}, { __tostring = function() return {} end })))
-- check: metatables that are protected
local t = setmetatable({}, { __metatable = "locked", __gc = true }) print(getmetatable(t), pcall(setmetatable, t, {})) print(getmetatable("").__name, getmetatable(io.stdout).__name, getmetatable(setmetatable({}, { __metatable = false }))) print(debug.getmetatable(t).__metatable, debug.setmetatable(t, nil) == t, getmetatable(t))
-- check: metatables of all types
for _, v in ipairs { 5, true, print, coroutine.create(print) } do debug.setmetatable(v, { __index = function(x, k) return type(x) .. "." .. tostring(k) end, __call = function(x, ...) return type(x), ... end, __unm = function(x) return "minus " .. type(x) end }) local ok, r = pcall(function() return v.field end) print(ok, r, pcall(function() return -v end)) debug.setmetatable(v, nil) end debug.setmetatable(nil, { __index = function(_, k) return k end, __newindex = function(_, k, v) io.write(k, "=", tostring(v), " ") end, __call = function() return "called nil" end, __add = function() return "sum" end, __concat = function() return "joined" end, __lt = function() return true end }) local n print(n.x, nothing.y, n(), n + 1, n .. "x", n < 1) n.z = 5 debug.setmetatable(nil, nil) print(pcall(function() return n.x end))
-- check: results are cut to one
local function three() return 1, 2, 3 end local t = setmetatable({}, { __index = three, __add = three, __len = three, __unm = three, __concat = three, __eq = three, __lt = three, __call = three }) print(t.x, t + 1, #t, -t, t .. 1, t == setmetatable({}, getmetatable(t)), t < t, (t())) print(t()) local function none() end t = setmetatable({}, { __index = none, __add = none, __len = none, __lt = none }) print(t.x, t + 1, #t, t < t)
-- check: events that are not functions
for _, event in ipairs { "add", "index", "newindex", "call", "len", "eq", "lt", "concat", "unm" } do for _, value in ipairs { 5, true, "text" } do local t = setmetatable({}, { ["__" .. event] = value }) print(event, value, select(2, pcall(function() if event == "add" then return t + 1 elseif event == "index" then return t.x elseif event == "newindex" then t.x = 1 elseif event == "call" then return t() elseif event == "len" then return #t elseif event == "eq" then return t == setmetatable({}, getmetatable(t)) elseif event == "lt" then return t < t elseif event == "concat" then return t .. "x" else return -t end end))) end end
-- check: metamethods that appear and disappear
local mt = {} local t = setmetatable({}, mt) print(t.x, pcall(function() return t + 1 end)) mt.__index = function() return "now" end mt.__add = function() return "sum" end print(t.x, t + 1) mt.__index = nil print(t.x) rawset(mt, "__index", { x = "raw" }) print(t.x) mt.__index = false print(pcall(function() return t.y end)) setmetatable(t, nil) print(t.x)
