-- The basic library: results and messages of every function.
-- versions: 5.4
local function try(f, ...)
  local r = table.pack(pcall(f, ...))
  for i = 1, r.n do
    local v = r[i]
    if type(v) ~= "number" and type(v) ~= "string" and type(v) ~= "boolean" and v ~= nil then r[i] = type(v) end
  end
  print(table.unpack(r, 1, r.n))
end

print(_VERSION, _G == _ENV, _G._G == _G)
local names = {}
for k in pairs(_G) do names[#names + 1] = k end
table.sort(names)
print(table.concat(names, " "))

-- assert, error
try(assert); try(assert, false); try(assert, nil, "m"); try(assert, 1, 2, 3); try(assert, false, {}, 5); try(assert, nil, nil)
try(function() assert(false, "text") end)
try(function() assert(false) end)
try(error); try(error, "x"); try(error, "x", 0); try(error, "x", 2); try(error, {}, 2); try(error, "x", "y")
try(function() error("here") end)
try(function() error("there", 2) end)
try(function() error("nowhere", 0) end)
try(function() error("far", 100) end)
try(function() error(12) end)
try(function() error() end)

-- type, tostring, tonumber
for _, v in ipairs { 1, 1.5, "s", true, {}, print, io.stdout, coroutine.create(print) } do print(type(v)) end
print(type(nil)); try(type)
print(tostring(nil), tostring(true), tostring(12), tostring(-0.0), tostring(1e15), tostring(2^63), tostring("x"))
try(tostring)
print(tostring(setmetatable({}, { __tostring = function() return "mine" end })))
try(tostring, setmetatable({}, { __tostring = function() return 1 end }))
try(tostring, setmetatable({}, { __tostring = function() return {} end }))
print((tostring(setmetatable({}, { __name = "My.Type" })):gsub("0x%x+", "ADDR")))
print((tostring(setmetatable({}, { __name = 12 })):gsub("0x%x+", "ADDR")))
for _, s in ipairs { "10", " 10 ", "0x10", "1e1", "1e", "", " ", "0x", "1 2", "10\0", "abc", "0x1p4", "1.", ".5", "inf", "nan", "-7", "- 7", "--7", "9223372036854775808", "0xffffffffffffffffff", "1_0", "\t5\n", "5\v\f\r" } do
  print(("%q"):format(s), tonumber(s), math.type(tonumber(s)))
end
try(tonumber); try(tonumber, nil); try(tonumber, {}); try(tonumber, 12); try(tonumber, 12.5); try(tonumber, true)
for _, c in ipairs { { "10", 2 }, { "zz", 36 }, { "ZZ", 36 }, { "-ff", 16 }, { "+7", 8 }, { "8", 8 }, { " 11 ", 2 }, { "", 10 }, { "1 1", 10 }, { "7fffffffffffffff", 16 }, { "ffffffffffffffffff", 16 }, { "1\0", 10 }, { "1.0", 10 }, { "- 1", 10 }, { "-", 10 } } do
  print(c[1], c[2], tonumber(c[1], c[2]))
end
try(tonumber, 10, 10); try(tonumber, "1", 1); try(tonumber, "1", 37); try(tonumber, "1", "x"); try(tonumber, nil, 10); try(tonumber, "1", 2.5); try(tonumber, "10", "2")

-- select
print(select("#")); print(select("#", nil, nil)); print(select(2, "a", "b", "c")); print(select(-1, "a", "b", "c")); print(select(5, 1)); print(select("#x", 1, 2))
try(select, 0); try(select, -1); try(select, -3, 1, 2); try(select, "x"); try(select); try(select, 1.5); print(select("2", 1, 2)); try(select, math.mininteger, 1)

-- raw access and metatables
local t = setmetatable({ 1, 2 }, { __index = function() return "idx" end, __len = function() return 77 end, __eq = function() return true end })
print(t.x, rawget(t, "x"), #t, rawlen(t), t == setmetatable({}, getmetatable(t)), rawequal(t, {}), rawequal(1, 1.0), rawequal("a", "a"))
print(rawset(t, "y", 5) == t, rawget(t, "y"))
try(rawget); try(rawget, {}); try(rawget, 1, 2); try(rawset, {}); try(rawset, {}, 1); try(rawset, 1, 2, 3); try(rawset, {}, nil, 1); try(rawset, {}, 0/0, 1)
try(rawlen); try(rawlen, 5); try(rawlen, "abc"); try(rawequal, 1); try(rawequal)
try(getmetatable); print(getmetatable({}), getmetatable("").__index == string, getmetatable(1))
try(setmetatable); try(setmetatable, {}); try(setmetatable, {}, 1); try(setmetatable, 1, {}); try(setmetatable, 1)
local p = setmetatable({}, { __metatable = "locked" })
print(getmetatable(p)); try(setmetatable, p, {}); try(setmetatable, p, nil)
print(getmetatable(setmetatable({}, { __metatable = false })))
print(getmetatable(setmetatable(setmetatable({}, {}), nil)))

-- next, pairs, ipairs
try(next); try(next, {}, 1); try(next, 1); print(next({})); print(next({ 10 })); print(next({ 10 }, 1)); print(next({ a = 1 })); try(next, { 1, 2, 3 }, 2.0)
try(pairs); try(ipairs); try(pairs, nil)
print(select("#", pairs({}))); print(select("#", ipairs({})))
for k, v in pairs(setmetatable({}, { __pairs = function(x) return function(_, k) if not k then return 1, 2 end end, x, nil, "extra" end })) do print(k, v) end
for i, v in ipairs(setmetatable({}, { __index = function(_, i) if i < 4 then return i * i end end })) do print(i, v) end
for i, v in ipairs { 1, 2, nil, 4 } do print(i, v) end
local step, s, z = ipairs({ 7, 8 })
print(step(s, 0)); print(step(s, 2)); print(step(s, 1.0)); try(step, s, "x"); try(step, s, "1"); try(step); try(step, nil, 1); print(step({ [math.mininteger] = "min" }, math.maxinteger))

-- pcall, xpcall
try(pcall); try(xpcall); try(xpcall, print); try(xpcall, print, 1)
print(pcall(pcall, error, "x")); print(pcall(select, 2, 1, 2, 3)); print(pcall(1)); print(pcall(nil))
print(xpcall(function(...) return select("#", ...), ... end, print, 1, nil, nil))
print(xpcall(function() error("boom", 0) end, function(m) return m .. "!", 2 end))
print(xpcall(function() error({}, 0) end, function(m) return type(m) end))
print(xpcall(function() error() end, function(m) return m end))
print(xpcall(function() local x = nil + 1 end, function(m) return "H:" .. m end))
print(select("#", pcall(function() end)), select("#", pcall(function() return nil, nil end)))

-- load
print(load("return 1")()); print(load("x =")); print(load("return ...", "=name")(5)); print(pcall(load("error('e')", "@file.lua")))
print(pcall(load("error('e')", "=eq"))); print(pcall(load("error('e')"))); print(pcall(load("\n\nerror('e')"))); print(pcall(load("error('e')", "multi\nline")))
print(load("return x", "n", "t", { x = "env" })()); print(pcall(load("return x", "n", "t", nil)))
print(load("return 1", "n", "b")); print(load(string.dump(function() end), "n", "t")); print(load("return 1", "n", "")); print(load("\27Lua", "n", "bt") == nil)
try(load); try(load, 1); try(load, {}); try(load, nil); try(load, "x=1", {}); try(load, "x=1", "n", {}); try(load, print, "n", "q")
local parts = { "return ", "1", "+", "2", "" , "garbage" }
local i = 0
print(load(function() i = i + 1; return parts[i] end)())
print(type(load(function() return nil end))); print(load(function() return {} end)); print(load(function() error("inside") end)); print(load(function() error({}) end) == nil)
i = 0 print(load(function() i = i + 1 if i < 3 then return 5 end end)); print(load(function() return true end)); print(pcall(load, coroutine.yield))
print(load("return _ENV", "n", "t", 7)()); print(load("a = 1; return a", "x\0y")()); print(load("syntax error here", "x\0y"))
print(load(("x = 1 "):rep(3) .. "@")); print(load("--[[")); print(load("'abc")); print(load("return 'a\\q'")); print(load("for")); print(load("goto x")); print(load("break"))
try(loadfile, "/nonexistent/file.lua"); print(loadfile("/nonexistent/file.lua")); try(dofile, "/nonexistent/file.lua"); try(loadfile, {}); try(dofile, {})

-- collectgarbage
print(type(collectgarbage("count")), math.type(collectgarbage("count"))); print(collectgarbage()); print(collectgarbage("collect")); print(collectgarbage("isrunning"))
print(collectgarbage("stop"), collectgarbage("isrunning"), collectgarbage("restart"), collectgarbage("isrunning"))
print(collectgarbage("setpause", 100), collectgarbage("setpause", 200), collectgarbage("setstepmul", 200), collectgarbage("setstepmul", 100))
print(collectgarbage("generational")); print(collectgarbage("incremental")); print(collectgarbage("incremental", 100, 200, 10)); print(collectgarbage("generational", 10, 50)); print(collectgarbage("incremental"))
try(collectgarbage, "x"); try(collectgarbage, 1); try(collectgarbage, "step", "x"); try(collectgarbage, {}); print(type(collectgarbage("step"))); print(collectgarbage("step", 1000000))
do
  local seen
  setmetatable({}, { __gc = function() seen = { collectgarbage("count"), collectgarbage(), collectgarbage("step"), collectgarbage("isrunning"), collectgarbage("generational"), collectgarbage("incremental") } end })
  collectgarbage()
  print(seen and table.unpack(seen, 1, 6))
end

-- warn
try(warn); try(warn, 1, {}); try(warn, nil); warn("@on"); warn("a", "b", 3); warn("@off"); warn("hidden")
print(1, nil, "x\0y", 2.5); print()
try(print, setmetatable({}, { __tostring = function() error("in tostring", 0) end }))
