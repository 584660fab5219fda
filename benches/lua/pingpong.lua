-- Two coroutines hand each other values.
local wrap, yield = coroutine.wrap, coroutine.yield
local a = wrap(function(x) while true do x = yield(x + 1) end end)
local b = coroutine.create(function(x) while true do x = yield(x * 2 % 1000003) end end)
local x = 1
for i = 1, 1500000 do
  x = a(x)
  local _
  _, x = coroutine.resume(b, x)
end
print(x)
