-- The package library: searching, loading, messages.
-- versions: 5.2+
local function try(f, ...) print(pcall(f, ...)) end
local keys = {} for k in pairs(package) do keys[#keys + 1] = k end table.sort(keys) print(table.concat(keys, " "))
print(("%q"):format(package.config), #package.searchers, package.loaded._G == _G, package.loaded.string == string)
package.path, package.cpath = "./?.lua;/nonexistent/?/init.lua", "/nonexistent/?.so"
try(require, "no.such.module"); try(require, "nosuch"); try(require, "a-b.c"); try(require); try(require, {}); try(require, 12); try(require, "x?y")
package.path = ""; try(require, "x"); package.path = ";"; try(require, "x"); package.path = ";;"; try(require, "x"); package.path = "a;b;"; try(require, "x"); package.path = "?"; try(require, "a.b")
package.path = nil; try(require, "x"); package.path = 12; try(require, "x"); package.path = {}; try(require, "x"); package.path = "./?.lua"; package.cpath = nil; try(require, "x"); package.cpath = "/n/?.so"
local dir = os.tmpname(); os.remove(dir); os.execute("mkdir -p " .. dir .. "/sub")
local function put(name, text) local f = assert(io.open(dir .. "/" .. name, "w")); f:write(text); f:close() end
local function clean(...) local r = table.pack(...) for i = 1, r.n do if type(r[i]) == "string" then r[i] = r[i]:gsub((dir:gsub("%p", "%%%0")), "DIR") elseif type(r[i]) == "function" then r[i] = "function" end end return table.unpack(r, 1, r.n) end
local function show(...) print(clean(...)) end
package.path = dir .. "/?.lua;" .. dir .. "/?/init.lua"
put("plain.lua", "print('loading', (...)) return {}"); show(type(require "plain"), select(2, require "plain")); show(require "plain" == package.loaded.plain); show(select("#", require "plain"))
put("none.lua", "local x = ..."); show(require "none"); show(package.loaded.none)
put("sets.lua", "package.loaded[...] = 'set'"); show(require "sets"); show(require "sets")
put("isfalse.lua", "print 'again' return false"); show(require "isfalse"); show(require "isfalse"); show(package.loaded.isfalse)
put("syntax.lua", "x ="); show(pcall(require, "syntax")); put("fails.lua", "error 'in module'"); show(pcall(require, "fails")); put("failst.lua", "error {}"); show(type(select(2, pcall(require, "failst"))))
put("sub/init.lua", "return ..."); show(require "sub"); put("sub/deep.lua", "return {...}"); show(table.unpack((require "sub.deep"))); put("loop.lua", "return require 'loop'"); show((select(2, pcall(require, "loop"))):match("^[^\n]*"))
put("sharp.lua", "#!shebang\nreturn 1"); show(require "sharp"); put("bom.lua", "\xEF\xBB\xBFreturn 2"); show(require "bom"); put("bomsharp.lua", "\xEF\xBB\xBF# comment\nreturn debug.getinfo(1, 'l').currentline"); show(require "bomsharp"); put("bin.lua", string.dump(load "return 'bin', ...")); show(require "bin")
put("sharpbin.lua", "# comment\n" .. string.dump(load "return 'sharpbin', ...")); show(require "sharpbin")
-- preload, searchers
package.preload.pre = function(...) print("preload", ...) return "value" end; show(require "pre"); show(require "pre")
local old = package.searchers
package.searchers = { function(n) print("first", n) return "\n\tfirst says no" end, function() return nil end, function() end, function() return 12 end, function(n) if n == "yes" then return function(...) return table.concat({ ... }, "+") end, "extra" end return {} end }
show(pcall(require, "no")); show(require "yes"); package.searchers = {}; show(pcall(require, "q")); package.searchers = nil; show(pcall(require, "q")); package.searchers = old
for i = 1, 4 do show(i, pcall(package.searchers[i], "zz.y")); show(pcall(package.searchers[i])) end
local realpackage = package; package = nil; show(require "sharp"); package = realpackage
local ol = package.loaded; package.loaded = {}; show(require "sharp"); package.loaded = ol
-- searchpath
show(package.searchpath("plain", package.path)); show(package.searchpath("sub.deep", package.path)); show(package.searchpath("sub-deep", package.path, "-")); show(package.searchpath("sub-deep", package.path, "-", "/")); show(package.searchpath("sub.deep", package.path, "")); show(package.searchpath("x.y", "?;?.?", ".", "--")); show(package.searchpath("", "?")); show(package.searchpath("x", "")); show(package.searchpath("a..b", "?", "..", "!")); show(package.searchpath("a.b", "?", "..", "!"))
show(pcall(package.searchpath, "x")); show(pcall(package.searchpath)); show(pcall(package.searchpath, "x", {})); show(pcall(package.searchpath, "x", "?", {}))
-- C libraries
show(package.loadlib("/nonexistent/lib.so", "f")); show(package.loadlib("/nonexistent/lib.so", "*")); show(pcall(package.loadlib)); show(pcall(package.loadlib, "x"))
show(package.loadlib("libm.so.6", "*")); show(package.loadlib("libm.so.6", "no_such_symbol")); show(type(package.loadlib("libm.so.6", "cos")))
put("badlib.so", "not a library"); package.cpath = dir .. "/?.so"; show(pcall(require, "badlib")); show(pcall(require, "badlib.sub"))
-- dofile and loadfile
show(dofile(dir .. "/sharp.lua")); show(loadfile(dir .. "/syntax.lua")); show(pcall(dofile, dir .. "/syntax.lua")); show(loadfile(dir .. "/plain.lua", "b")); show(loadfile(dir .. "/bin.lua", "t")); show(type(loadfile(dir .. "/bin.lua", "b"))); show(loadfile(dir))
put("env.lua", "return x, ..."); show(loadfile(dir .. "/env.lua", "t", { x = "envx" })(1)); show(select("#", dofile(dir .. "/none.lua")))
put("yields.lua", "return coroutine.yield(1)"); local w = coroutine.wrap(function() return dofile(dir .. "/yields.lua") end); show(w()); show(w("back")); put("yieldr.lua", "coroutine.yield(1)"); show(pcall(coroutine.wrap(function() return require "yieldr" end)))
put("empty.lua", ""); show(select("#", dofile(dir .. "/empty.lua"))); put("justsharp.lua", "#"); show(select("#", dofile(dir .. "/justsharp.lua"))); put("nonl.lua", "#x"); show(pcall(dofile, dir .. "/nonl.lua")); put("bom2.lua", "\xEF\xBBx = 1"); show(loadfile(dir .. "/bom2.lua")); put("err3.lua", "#\n\nx = = 1"); show(loadfile(dir .. "/err3.lua"))
os.execute("rm -r " .. dir)
