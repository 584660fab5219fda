-- Environments at every level, modules and what require says, in more detail.
local function try(f, ...) print(pcall(f, ...)) end

-- check: getfenv at all levels
local env = setmetatable({ name = "env" }, { __index = _G })
local function at(level) return getfenv(level).name end
local function inner() return at(1), (at(2)), (at(3)), (at(4)) end
name = "global"
setfenv(inner, env)
print(inner())
print(getfenv() == _G, getfenv(0) == _G, getfenv(1) == _G, getfenv(print) == _G, getfenv(inner) == env)
-- check: wrong levels
try(getfenv, -1)
try(getfenv, 50)
print(type(getfenv(1.9)))
try(getfenv, {})
try(getfenv, "x")
try(setfenv, -1, {})
try(setfenv, 50, {})
try(setfenv, print, {})
try(setfenv, 1)
try(setfenv, 1, 5)
try(setfenv, {}, {})
try(setfenv, "x", {})
print((pcall(getfenv, "1")), (pcall(getfenv, nil)))
-- check: setfenv returns the function
local function f() return x end
print(setfenv(f, { x = 1 }) == f, f())
local function g() local r = setfenv(1, { x = 2, print = print }) print(r ~= nil, x) end
g()
print(x)
-- check: setfenv of the caller
local function change(t) setfenv(2, t) end
local function f() change { x = "changed" } return x end
print(f(), x)
-- check: level 0
local co = coroutine.create(function()
  local old = getfenv(0)
  setfenv(0, { marker = "thread" })
  return getfenv(0).marker, getfenv(1) == old, loadstring("return marker")()
end)
print(coroutine.resume(co))
print(getfenv(0).marker)
-- check: __fenv and metatables of environments
print(pcall(getfenv, setmetatable({}, { __fenv = 1 })))
local f = setfenv(function() return setmetatable end, setmetatable({}, { __index = function(_, k) return "no " .. k end }))
print(f())
local log = {}
setfenv(function() a = 1 b = 2 a = 3 end, setmetatable({}, { __newindex = function(t, k, v) log[#log + 1] = k .. v rawset(t, k, v) end }))()
print(table.concat(log, " "))
-- check: functions share what they were made with
local function maker() return function() return value end, function(v) value = v end end
setfenv(maker, { value = 1 })
local get, set = maker()
set(2)
print(get(), value)
setfenv(get, { value = "own" })
set(3)
print(get(), getfenv(set).value)
-- check: sandbox
local chunk = loadstring "result = tostring(5) .. type(print)"
local box = { tostring = tostring, type = type }
setfenv(chunk, box)
chunk()
print(box.result, result)
local ok, message = pcall(setfenv(loadstring "return io.open('x')", {}))
print(ok, message)
-- check: load and environments
local t = { "return ", "x" }
local n = 0
local f = load(function() n = n + 1 return t[n] end, "=pieces")
setfenv(f, { x = "piece" })
print(f())
local fives = 0
print(load(function() fives = fives + 1 if fives < 3 then return 5 end end))
try(load, function() return {} end)
try(load, function() error("reader") end)
print(type(load(function() return nil end)))
try(load, "return 1")
try(load)
print(load(function() return "x =" end, "=name"))
-- check: loadfile and dofile
local f = io.open("f.lua", "w")
f:write("#!/usr/bin/lua\nreturn ..., x")
f:close()
x = "global"
print(loadfile("f.lua")(1))
print(dofile("f.lua"))
print(setfenv(loadfile("f.lua"), { x = "own" })(2))
print(loadfile("nothing.lua"))
try(dofile, "nothing.lua")
try(loadfile, {})
local f = io.open("g.lua", "w")
f:write("x = = 1")
f:close()
print(loadfile("g.lua"))
-- check: binary files
local f = io.open("f.luac", "wb")
f:write(string.dump(loadstring("return 'binary', ...")))
f:close()
print(loadfile("f.luac")(5))
local f = io.open("g.luac", "wb")
f:write("# comment\n", string.dump(loadstring("return 'binary', ...")))
f:close()
print(pcall(function() return loadfile("g.luac")(6) end))
-- check: module and its table
local f = io.open("m.lua", "w")
f:write("module(..., package.seeall)\nfunction f() return _NAME, _PACKAGE, _M == getfenv(1), type(print) end\nlocal x = 1 y = 2")
f:close()
package.path = "./?.lua"
print(require("m") == m, m.f())
print(m.y, y, package.loaded.m == m, require "m" == m)
-- check: nested modules
local f = io.open("ab.lua", "w")
f:write("module('top.middle.low')\nx = 1")
f:close()
package.path = "./?.lua"
local r = require "ab"
print(r, top.middle.low.x, top.middle.low._NAME, top.middle.low._PACKAGE, package.loaded["top.middle.low"] == top.middle.low, package.loaded.top)
-- check: module errors
try(module, "x.y")
print(pcall(function() module("string.rep") end))
print(pcall(function() module() end))
print(pcall(function() module({}) end))
print(pcall(function() module("ok", 5) end))
print(pcall(function() module("ok2", function(m) error("option of " .. m._NAME, 0) end) end))
x = 5
print(pcall(function() module("x.deep") end))
-- check: seeall
local t = {}
package.seeall(t)
print(t.print == print, getmetatable(t).__index == _G)
try(package.seeall)
try(package.seeall, 5)
local mt = {}
local u = setmetatable({}, mt)
package.seeall(u)
print(mt.__index == _G)
-- check: what require says
package.path, package.cpath = "./?.lua;/nowhere/?.lua", "./?.so"
try(require, "not.there")
try(require, "")
try(require)
try(require, {})
package.path = nil
try(require, "x")
package.path, package.cpath = "", 5
try(require, "x")
package.cpath = {}
try(require, "x")
-- check: require and preload
package.preload["p"] = function(...) print("loading", ...) return nil end
print(require "p", package.loaded.p, require "p")
package.preload["q"] = function() package.loaded.q = "set" return nil end
print(require "q")
package.preload["r"] = function() package.loaded.r = "set" return "returned" end
print(require "r")
package.preload["s"] = function() return false end
print(require "s", package.loaded.s)
package.preload["t"] = function() error("failing", 0) end
print(pcall(require, "t"))
print(pcall(require, "t"))
package.preload["u"] = function() return require "u" end
print(pcall(require, "u"))
package.preload = 5
print(pcall(require, "v"))
-- check: own loaders
table.insert(package.loaders, 1, function(name) if name == "own" then return function(...) return "own", ... end end return "\n\tno own '" .. name .. "'" end)
print(require "own")
package.path, package.cpath = "./?.lua", ""
print(pcall(require, "other"))
package.loaders[1] = function() return 5 end
print(pcall(require, "other"))
package.loaders[1] = function() return nil end
print(pcall(require, "other"))
package.loaders = nil
print(pcall(require, "other"))
-- check: errors while a module is read
local f = io.open("bad.lua", "w")
f:write("local x = = 1")
f:close()
local f = io.open("fails.lua", "w")
f:write("local x\nerror('inside')")
f:close()
package.path = "./?.lua"
print(pcall(require, "bad"))
print(pcall(require, "fails"))
print(pcall(require, "fails"))
-- check: the library
local names = {}
for name in pairs(package) do names[#names + 1] = name end
table.sort(names)
print(table.concat(names, " "))
print(#package.loaders, package.config, package.searchers, package.searchpath)
print(package.loaded._G == _G, package.loaded.package == package)
print(package.loadlib("nothing.so", "f"))
print(package.loadlib("nothing.so", "*"))
