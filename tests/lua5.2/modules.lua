-- Modules: require, searchers, module and seeall by compatibility.
local plain, table, tostring = print, table, tostring
local function print(...) local t = table.pack(...) for i = 1, t.n do t[i] = (tostring(t[i]):gsub("0x%x+", "0x")) end plain(table.concat(t, "\t")) end
local function try(f, ...) print(pcall(f, ...)) end
local function run(text, ...) local f, m = load(text, "=s") if not f then print(m) else print(pcall(f, ...)) end end
local function write(name, text) local f = assert(io.open(name, "wb")) f:write(text) f:close() end
local function clean(...) for _, n in ipairs { ... } do os.remove(n) end end

-- check: names of package
local k = {} for n, v in pairs(package) do k[#k + 1] = n .. ":" .. type(v) end table.sort(k) print(table.concat(k, " ")) print(package.loaders == package.searchers, #package.searchers, package.config) k = {} for n in pairs(package.loaded) do k[#k + 1] = n end table.sort(k) print(table.concat(k, " ")) for _, n in ipairs(k) do io.write(n, package.loaded[n] == (_G[n] or nil) and "= " or " ") end print() print(package.loaded._G == _G, type(package.preload), type(package.seeall), type(module), type(require))
-- check: require from preload
package.preload.pre = function(...) print("loading", ...) return { name = ... } end local m = require "pre" print(m.name, require "pre" == m, package.loaded.pre == m) package.preload.nothing = function() end print(require "nothing", package.loaded.nothing) package.preload.no = function() return false end print(require "no", package.loaded.no, require "no") package.preload.sets = function(n) package.loaded[n] = "set" end print(require "sets") package.preload.both = function(n) package.loaded[n] = "set" return "returned" end print(require "both") package.preload.fails = function() error("in module", 0) end try(require, "fails") print(package.loaded.fails) package.preload.fails2 = function() error("position") end try(require, "fails2") package.preload.tablefail = function() error({}) end print(pcall(require, "tablefail") == false)
-- check: require from files
write("mod_a.lua", "print('running', ...) return { value = 42 }") package.path = "./?.lua" local m, extra = require "mod_a" print(m.value, extra, require "mod_a" == m) package.loaded.mod_a = nil print(require "mod_a" == m) write("mod_err.lua", "error('inside')") try(require, "mod_err") write("mod_syntax.lua", "x = = 1") try(require, "mod_syntax") write("mod_none.lua", "x_global = 1") print(require "mod_none", x_global) clean("mod_a.lua", "mod_err.lua", "mod_syntax.lua", "mod_none.lua")
-- check: require of what is not there
package.path, package.cpath = "./?.lua;./?/init.lua", "./?.so" try(require, "nowhere") try(require, "no.where") package.path = "" try(require, "nowhere") package.cpath = "" try(require, "nowhere") package.path = nil try(require, "nowhere") package.path = 5 try(require, "nowhere") package.path, package.cpath = "x", {} try(require, "nowhere") try(require) try(require, nil) try(require, {}) print(pcall(require, 5))
-- check: loops
write("loop_a.lua", "return require 'loop_b'") write("loop_b.lua", "return require 'loop_a'") package.path = "./?.lua" local ok, m = pcall(require, "loop_a") print(ok, (tostring(m):gsub("\n.*", ""):sub(1, 200))) clean("loop_a.lua", "loop_b.lua")
-- check: searchers
local old = package.searchers[2] table.insert(package.searchers, 2, function(name) print("searching", name) if name == "special" then return function(...) print(...) return "found" end, "extra" end if name == "silent" then return nil end if name == "number" then return 5 end return "\n\tnot special" end) package.path, package.cpath = "./?.none", "" print(require "special") try(require, "silent") try(require, "number") try(require, "other") package.searchers[2] = function() error("in searcher", 0) end try(require, "x1") package.searchers = nil try(require, "x2") package.searchers = 5 try(require, "x3") package.searchers = {} try(require, "x4") package.searchers = { function() return function() return "only" end end } print(require "x5") package.searchers = { "not a function" } try(require, "x6")
-- check: searchpath
write("sp_x.lua", "") print(package.searchpath("sp_x", "./?.lua;./?.txt")) print(package.searchpath("sp.x", "./?.lua")) print(package.searchpath("sp.x", "./?.lua", ".", "_")) print(package.searchpath("sp_x", "./?.lua", "_", "-")) print(package.searchpath("none", "./?.a;/?/b;?")) print(package.searchpath("none", "")) print(package.searchpath("a.b", "./?.lua", "")) print(package.searchpath("none", ";;./?")) try(package.searchpath, "x") try(package.searchpath) try(package.searchpath, "x", {}) try(package.searchpath, "x", "y", {}) clean("sp_x.lua")
-- check: loadlib
local f, m, w = package.loadlib("/nonexistent.so", "luaopen_x") print(f, w) f, m, w = package.loadlib("/nonexistent.so", "*") print(f, w) try(package.loadlib) try(package.loadlib, "x") try(package.loadlib, "x", {})
-- check: module
write("old_mod.lua", "module('old_mod', package.seeall) function hello() return 'hello ' .. _NAME end local x = print ~= nil value = x") package.path = "./?.lua" local m = require "old_mod" print(m.hello(), m._NAME, m._PACKAGE, m._M == m, old_mod == m, m.value, package.loaded.old_mod == m) write("old_sub.lua", "module 'old.deep.sub' x = 1") local m = require "old_sub" print(m, old.deep.sub.x, package.loaded["old.deep.sub"] == old.deep.sub, old.deep.sub._PACKAGE, old.deep.sub._NAME) clean("old_mod.lua", "old_sub.lua")
-- check: module and its options
write("opt.lua", "module('opt', function(m) m.called = true end, package.seeall, function(m) m.last = print == m.print end)") package.path = "./?.lua" local m = require "opt" print(m.called, m.last, getmetatable(m).__index == _G) clean("opt.lua") try(module) try(module, {}) print(pcall(load "module('direct') x = 5 return x")) print(direct and direct.x, package.loaded.direct == direct) conflict = 5 try(load "module 'conflict'") try(load "module 'conflict.sub'") try(load "module('m', 5)") try(load "module('m2', nil)") try(package.seeall) try(package.seeall, 5) local t = {} print(package.seeall(t), getmetatable(t).__index == _G, t.print == print) try(module, "called_from_native")
-- check: module sees no globals
print(pcall(load "module 'blind' return print")) print(pcall(load "module 'blind2' x = 1 print(x)")) print(blind2.x, blind._NAME)
-- check: module in a function
local g, pcall = _G, pcall local function f() module("in_function") y = 1 end print(pcall(f)) print(g.in_function.y, y, g.y)
-- check: reloading a module
package.preload.re = function(...) load("module(...) count = (count or 0) + 1")(...) end require "re" print(re.count) package.loaded.re = nil require "re" print(re.count) local g = load "module 're' return _M" print(g() == re)
-- check: preload wins over files
write("both_ways.lua", "return 'file'") package.path = "./?.lua" package.preload.both_ways = function() return "preload" end print(require "both_ways") package.loaded.both_ways, package.preload.both_ways = nil print(require "both_ways") package.preload = nil package.loaded.both_ways = nil print(pcall(require, "both_ways")) clean("both_ways.lua")
-- check: names with hyphens and dots
package.preload["a-b.c"] = function(...) return ... end print(require "a-b.c") package.path, package.cpath = "./?.lua", "./?.so" local ok, m = pcall(require, "v1-x.y") print(m) os.execute("mkdir -p sub/deep") write("sub/deep/leaf.lua", "return (...)") write("sub/init.lua", "return 'init of ' .. (...)") package.path = "./?.lua;./?/init.lua" print(require "sub.deep.leaf", require "sub") os.execute("rm -r sub")
