-- `module`, `require` and the table `package`.

-- check: module makes a table that is the environment of its chunk
local chunk = loadstring [[
module("alpha.beta", package.seeall)
function hello() return _NAME, _PACKAGE, _M == alpha.beta end
value = 5
]]
chunk()
print(alpha.beta.hello())
print(alpha.beta.value, value, package.loaded["alpha.beta"] == alpha.beta)
-- check: module without seeall
local chunk = loadstring [[
local print, type = print, type
module("closed")
print(type(_M), string)
]]
chunk()
-- check: options of module are called with the table
local seen
local chunk = loadstring [[module("opt", ...)]]
chunk(function(m) seen = m end, function(m) m.extra = 1 end)
print(seen == opt, opt.extra)
-- check: module reuses a global table
existing = { kept = true }
loadstring [[module("existing")]]()
print(existing.kept, existing._NAME, package.loaded.existing == existing)
-- check: name conflict
conflict = 5
print(pcall(loadstring [[module("conflict")]]))
print(pcall(loadstring [[module("conflict.inner")]]))
-- check: module not called from a Lua function
print(pcall(module, "direct"))
-- check: require of preloaded modules
package.preload.pre = function(...) print("loading", ...) return { made = true } end
print(require "pre".made, require "pre" == package.loaded.pre)
-- check: a module that returns nothing is true
package.preload.silent = function() end
print(require "silent", package.loaded.silent)
-- check: a module that sets package.loaded itself
package.preload.own = function(name) package.loaded[name] = "mine" end
print(require "own", require "own")
-- check: loops are found out
package.preload.one = function() return require "two" end
package.preload.two = function() return require "one" end
print(pcall(require, "one"))
print(pcall(require, "one"))
-- check: a module that fails cannot be required again
package.preload.bad = function() error("no way") end
print(pcall(require, "bad"))
print(pcall(require, "bad"))
-- check: what is tried for a module
package.path = "./?.lua;x/?/init.lua"
package.cpath = "./?.so"
print(pcall(require, "not.there"))
-- check: loaders
print(#package.loaders, type(package.loaders[1]), package.searchers, package.searchpath)
package.loaders = { function(name) return "\n\tasked for " .. name end, function() return nil end }
print(pcall(require, "thing"))
package.loaders = { function(name) return function(n) return n .. "!" end end }
print(require "thing")
package.loaders = 5
print(pcall(require, "other"))
-- check: wrong paths
package.path = nil
print(pcall(require, "some"))
package.preload = nil
print(pcall(require, "some"))
-- check: errors in a module's file
local f = io.open("broken.lua", "w")
f:write("x = = 1")
f:close()
package.path = "./?.lua"
print(pcall(require, "broken"))
-- check: a module from a file
local f = io.open("fine.lua", "w")
f:write("local name = ...\nmodule(name, package.seeall)\nfunction f() return name, _PACKAGE end")
f:close()
package.path = "./?.lua"
print(type(require "fine"), fine.f())
-- check: package.config
print((package.config:gsub("\n", " ")))
-- check: package.seeall
local t = setmetatable({}, { __metatable = false })
print(pcall(package.seeall, 5))
package.seeall({})
local m = {}
package.seeall(m)
print(m.print == print, getmetatable(m).__index == _G)
-- check: loadlib of what is not there
print(pcall(package.loadlib))
print(select("#", package.loadlib("/no/such/library.so", "f")), select(3, package.loadlib("/no/such/library.so", "f")))
