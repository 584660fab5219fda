-- Creating closures and using upvalues.
local function counter()
  local n = 0
  return function(d) n = n + d; return n end
end
local sum = 0
for i = 1, 1500000 do
  local c = counter()
  c(i)
  sum = sum + c(1)
end
local add = counter()
for i = 1, 6000000 do add(i) end
print(sum, add(0))
