-- What the interpreter prints when a script ends with an error. (No common part: line numbers stay small.)
local load = _VERSION == "Lua 5.1" and loadstring or load

-- check: runtime error
-- ends with an error
local t = nil
print "before"
t.x = 1
-- check: error with traceback
-- ends with an error
local function inner(x)
  error("failed with " .. x)
end
local function outer(x) inner(x) return 1 end
outer(5)
-- check: error objects
-- ends with an error
error({ code = 1 })
-- check: error object with tostring
-- ends with an error
error(setmetatable({}, { __tostring = function() return "described" end }))
-- check: error object with bad tostring
-- ends with an error
error(setmetatable({}, { __tostring = function() return {} end }))
-- check: error with nil
-- ends with an error
error(nil)
-- check: error with boolean
-- ends with an error
error(true)
-- check: error with number
-- ends with an error
error(42)
-- check: error without position
-- ends with an error
error("plain", 0)
-- check: syntax error
-- ends with an error
local x = = 1
-- check: unfinished
-- ends with an error
local function f(
-- check: error in nested calls through C
-- ends with an error
local function cmp(a, b) return a.x < b.x end
table.sort({ { x = 1 }, { x = 2 }, {} }, cmp)
-- check: error in method of object
-- ends with an error
local Account = {} Account.__index = Account
function Account:withdraw(n) if n > self.balance then error("insufficient funds", 2) end end
local a = setmetatable({ balance = 1 }, Account)
a:withdraw(10)
-- check: error in coroutine
-- ends with an error
local co = coroutine.wrap(function() local function f() error("in coroutine") end f() end)
co()
-- check: error in close
-- ends with an error
local x <close> = setmetatable({}, { __close = function() error("closing") end })
-- check: error in metamethod
-- ends with an error
local t = setmetatable({}, { __add = function(a, b) return a.x.y end })
local function sum() return t + 1 end
print(sum())
-- check: stack overflow report
-- ends with an error
local function f(n) return 1 + f(n + 1) end
f(1)
-- check: tail calls in report
-- ends with an error
local function a() error("end") end
local function b() return a() end
local function c() return b() end
c()
-- check: error in for iterator
-- ends with an error
for x in function() local t = {} return t.x.y end do end
-- check: error in global function and field
-- ends with an error
function glob() error("g") end
local m = { f = function() glob() end }
m.f()
-- check: error through pcall rethrown
-- ends with an error
local ok, e = pcall(error, "original")
error(e, 0)
-- check: assertion report
-- ends with an error
assert(false)
-- check: assertion with message
-- ends with an error
assert(1 == 2, "one is not two")
-- check: assertion with object
-- ends with an error
assert(nil, { 1 })
-- check: call of nothing
-- ends with an error
undefinedfunction()
-- check: error in string method
-- ends with an error
local s = "abc"
s:rep({})
-- check: error in required module
-- ends with an error
package.path = "./?.lua"
local f = io.open("mod.lua", "w") f:write("local x = nil\n\nreturn x.field") f:close()
require "mod"
-- check: error in load reader
-- ends with an error
assert(load(function() error("reader") end))
-- check: error in loaded chunk
-- ends with an error
load("local x\nx.y.z = 1", "=loaded")()
-- check: error in string chunk
-- ends with an error
load("local x\nx.y.z = 1")()
-- check: multi-line message
-- ends with an error
error("first line\nsecond line")
-- check: message with zero byte
-- ends with an error
error("a\0b", 0)
-- check: empty message
-- ends with an error
error("", 0)
-- check: long traceback
-- ends with an error
local function f(n) if n == 0 then error("deep") end f(n - 1) end
f(30)
-- check: warnings go to stderr
-- versions: 5.4+
warn("@on") warn("careful") io.write("out\n")
-- check: runtime error in vararg main
-- ends with an error
local a, b = ...
print(a + b)
-- check: comparison error report
-- ends with an error
local function less(a, b) return a < b end
less({}, 1)
-- check: arithmetic error report
-- ends with an error
local config = { width = "wide" }
print(config.width * 2)
-- check: concat error report
-- ends with an error
local user = {}
print("Hello, " .. user.name .. "!")
-- check: integer overflow in for
-- ends with an error
for i = 1, "ten" do end
-- check: division by zero report
-- ends with an error
local function div(a, b) return a // b end
div(1, 0)
-- check: xpcall with traceback
print(xpcall(function() local x = nil; x() end, debug.traceback))
