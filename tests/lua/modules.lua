-- require, package, precompiled chunks.
local load = _VERSION == "Lua 5.1" and loadstring or load
local function try(f, ...) print(pcall(f, ...)) end
local function write(name, text) local f = assert(io.open(name, "wb")) f:write(text) f:close() end
package.path = "./?.lua;./?/init.lua" package.cpath = "./?.so"

-- check: require loads once
write("m.lua", "print('loading', ...) return { n = 1 }") local a, where = require "m" print(a.n, where) local b, again = require "m" print(a == b, again) print(package.loaded.m == a)
-- check: require of modules without results
write("m.lua", "x = 1") print(require "m") print(package.loaded.m) write("n.lua", "return nil") print(require "n") write("f.lua", "return false") print(require "f") print(package.loaded.f) print(require "f") write("s.lua", "package.loaded[...] = 'set itself'") print(require "s")
-- check: require errors
-- versions: 5.2+
try(require, "missing") try(require, "a.b.c") write("bad.lua", "x = = 1") try(require, "bad") write("err.lua", "error('while loading')") try(require, "err") write("err2.lua", "error({})") print(type(select(2, pcall(require, "err2")))) try(require) try(require, {}) print(package.loaded.err)
-- check: preload
package.preload.p = function(...) print("preload", ...) return "P" end print(require "p") print(require "p") package.preload.bad = 5 try(require, "bad")
-- check: searchers
-- versions: 5.2+
print(#package.searchers) table.insert(package.searchers, 2, function(n) if n == "virtual" then return function(...) print(...) return "V" end, "extra" end return "\n\tno virtual '" .. n .. "'" end) print(require "virtual") try(require, "other") package.searchers[2] = function() end try(require, "other2") package.searchers = nil try(require, "x") package.searchers = { function() return 5 end } try(require, "y") package.searchers = {} try(require, "z")
-- check: package.path must be a string
package.path = nil try(require, "x") package.path = {} try(require, "x") package.path = "" package.cpath = "" try(require, "x") package.path = "./?.lua" package.cpath = 5 try(require, "q")
-- check: submodules and init files
-- versions: 5.2+
os.execute("mkdir -p d/e") write("d/init.lua", "return 'd:' .. select(2, ...)") write("d/e/init.lua", "return 'd.e'") write("d/f.lua", "return 'd.f'") print(require "d") print(require "d.e") print(require "d.f")
-- check: searchpath
-- versions: 5.2+
print(package.searchpath("m", "./?.lua")) write("m.lua", "") print(package.searchpath("m", "./?.lua")) print(package.searchpath("a.b", "?.x;?.y")) print(package.searchpath("a.b", "?.x", ".", "_")) print(package.searchpath("a-b", "?.x", "-", "/")) print(package.searchpath("m", "")) print(package.searchpath("m", "m.lua")) print(package.searchpath("a.b", "?;?", "")) try(package.searchpath, "x") try(package.searchpath) print(package.searchpath("x", ";;?.l;"))
-- check: config
print((package.config:gsub("\n", "|")))
-- check: loadlib errors
print(package.loadlib("./nothing.so", "luaopen_x")) print(package.loadlib("./nothing.so", "*")) try(package.loadlib) try(package.loadlib, "x") print(select(3, package.loadlib("./nothing.so", "x")))
-- check: broken C module
write("broken.so", "not a library") try(require, "broken") print(select("#", package.loadlib("./broken.so", "f")))
-- check: package fields
local t = {} for k, v in pairs(package) do t[#t + 1] = k .. ":" .. type(v) end table.sort(t) print(table.concat(t, " ")) print(package.loaded._G == _G, package.loaded.string == string)
-- check: require replaced loader results
package.loaded.fake = "here" print(require "fake") package.loaded.fake = nil try(require, "fake") package.loaded.no = false try(require, "no")
-- check: module names in errors
write("m.lua", "local x = nil\nreturn x.y") try(require, "m") write("k.lua", "return function() error('called') end") try(require "k")
-- check: dump and load
local function f(a, ...) local t = { a, ... } return #t, function() return a end end local g = load(string.dump(f)) print((g(1, 2, 3)))
-- check: dump keeps behaviour
-- versions: 5.4+
local function f(n) local s, t = 0, {} for i = 1, n do if i % 2 == 0 then goto skip end s = s + i t[#t + 1] = i ::skip:: end local c <const> = "k" t[c] = s return t end local g = load(string.dump(f)) local h = load(string.dump(f, true)) print(g(10).k, h(10).k, #g(7), #h(7))
-- check: dump of debug information
local function f() error("here") end local g, h = load(string.dump(f)), load(string.dump(f, true)) print(pcall(g)) print(pcall(h)) print(debug.getinfo(g, "S").short_src, debug.getinfo(h, "S").short_src, debug.getinfo(g, "S").linedefined == debug.getinfo(f, "S").linedefined, debug.getinfo(h, "S").linedefined == debug.getinfo(f, "S").linedefined)
-- check: names in stripped code
local f = load(string.dump(load("local a; a.b = 1", "=x"), true)) print(pcall(f)) f = load(string.dump(load("g.x()", "=x"), true)) print(pcall(f)) f = load(string.dump(load("local t = {} t.x.y()", "=x"), true)) print(pcall(f)) f = load(string.dump(load("return 1 + {}", "=x"), true)) print(pcall(f)) f = load(string.dump(load("error('m')", "=x"), true), "named") print(pcall(f))
-- check: dump of constants
local function f() return 1, -1, 1.5, "s", ("long"):rep(1), true, false, nil, math.maxinteger, 9007199254740993, 1e300, 0x7fffffffffffffff, -0.0, "\0\255" end local g = load(string.dump(f, true)) print(g()) local long = ("z"):rep(1000) print(#load(string.dump(load("return '" .. long .. "'")))())
-- check: truncated chunks
-- versions: 5.2+
local d = string.dump(load("local a = 1; local function f(x) return x + a, 'text', 1.5 end return f(2)")) local bad = 0 for i = 1, #d - 1 do local f, m = load(d:sub(1, i), "=t", "b") if f or not m:find("truncated", 1, true) and not m:find("bad binary", 1, true) then bad = bad + 1 end end print(bad) print(load("\27Lua", "=t", "b")) print(load("\27", "=t", "b")) print(load("\27Lu", "=x")) print(load("\27xyz", "=x"))
-- check: foreign chunks
-- versions: 5.2+
local d = string.dump(load("return 1")) print((select(2, load(d:sub(1, 4) .. "\x53" .. d:sub(6), "=t")))) print((select(2, load(d:sub(1, 5) .. "\x07" .. d:sub(7), "=t")))) print((select(2, load("\27Lux" .. d:sub(5), "=t")))) print((select(2, load(d:sub(1, 6) .. "xxxxxx" .. d:sub(13), "=t")))) print((select(2, load("\27LuaX", "=t")))) print((select(2, load("\27Lua\x54\0\x19\x93\r\n\x1a\n\8\8\8", "=t"))))
-- check: binary chunks through readers
-- versions: 5.2+
local d = string.dump(load("return 'piece by piece'")) local i = 0 print(load(function() i = i + 1 local c = d:sub(i, i) if c ~= "" then return c end end)())
-- check: dump of functions with upvalues
local a, b = 1, 2 local function f() a = a + 1 return a, b, print ~= nil end local g = load(string.dump(f)) print(debug.getinfo(g, "u").nups, debug.getupvalue(g, 2)) print(debug.upvalueid(f, 1) == debug.upvalueid(g, 1))
-- ends with an error
