-- string.format with integers, floats and strings; tostring and tonumber.
local total = 0
for i = 1, 400000 do
  local s = string.format("%d %5.2f %s %x", i, i / 7, "name", i)
  total = total + #s + #tostring(i / 3) + tonumber(tostring(i))
end
print(total)
