-- The rules of the thermostat in host.c.
local comfortable = { from = 19, to = 24 }

function decide(degrees)
  if degrees < -273.15 then error("no such temperature: " .. degrees) end
  if degrees < comfortable.from then return switch("heat") end
  if degrees > comfortable.to then return switch("cool") end
  log(("%.0f is fine"):format(degrees))
  return switch("off")
end
