-- Big tables: an array of a million numbers, a list of records, an index by name; filled, changed, searched, emptied.
local n = 1000000
local squares = {}
for i = 1, n do squares[i] = i * i % 1009 end
local sum = 0
for i = 1, n, 7 do
  squares[i] = squares[n - i + 1] + 1
  sum = sum + squares[i]
end
for i = n, n / 2, -1 do squares[i] = nil end
sum = sum + #squares

local records, byname = {}, {}
for i = 1, 100000 do
  local record = { id = i, name = "record" .. i, owner = i % 97 }
  records[#records + 1] = record
  byname[record.name] = record
end
for i = 1, 100000 do
  local record = byname["record" .. i * 31 % 100000 + 1]
  sum = sum + record.id % 3 + record.owner
end
local owned = {}
for _, record in ipairs(records) do
  local list = owned[record.owner]
  if not list then
    list = {}
    owned[record.owner] = list
  end
  list[#list + 1] = record
end
for owner, list in pairs(owned) do sum = sum + owner * #list end
for name, record in pairs(byname) do
  if record.id % 2 == 0 then byname[name] = nil end
end
for _ in pairs(byname) do sum = sum + 1 end

-- Sparse: neither an array nor small.
local sparse = {}
for i = 1, 200000 do sparse[i * 37 % 1000003 * 3] = i end
for i = 1, 200000 do sum = sum + (sparse[i * 37 % 1000003 * 3] or 0) % 2 end
print(("%d"):format(sum))
