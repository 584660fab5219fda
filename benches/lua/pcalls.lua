-- Protected calls: that succeed, that fail, with objects as errors.
local function work(n)
  if n % 4 == 0 then error({ code = n }) end
  if n % 7 == 0 then error("failed") end
  return n
end
local ok, failed = 0, 0
for i = 1, 2500000 do
  local fine, e = pcall(work, i)
  if fine then ok = ok + 1 elseif type(e) == "table" then failed = failed + 1 else failed = failed + 2 end
end
print(ok, failed)
