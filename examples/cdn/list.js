// Everything is in the global `Pygen`: the client, and sign-in from the second file.
const { PygenClient, isPygenError, model, openSession } = window.Pygen;
const element = (id) => document.getElementById(id);

function say(text) {
  element("state").textContent = text;
}

function fail(error) {
  say(isPygenError(error) ? `${error.message} (${error.code}) ${error.hint ?? ""}` : String(error));
}

function show({ name, farm, capacity }) {
  const row = document.createElement("tr");
  for (const value of [name, farm?.name, capacity === null ? null : `${capacity} MW`]) {
    row.insertCell().textContent = value ?? "–";
  }
  element("rows").append(row);
}

async function list(config, session) {
  say("Reading …");
  const client = new PygenClient({
    baseUrl: config.baseUrl,
    project: config.project,
    application: "cdn-example",
    credentials: session,
  });
  // The data model is read at run time: nothing is generated.
  const wind = await model(client, { space: "wind", externalId: "WindFarm", version: "v1" }, { space: config.space });
  let count = 0;
  element("table").hidden = false;
  for await (const turbine of wind.turbine.list({
    where: { capacity: { gte: 8 } },
    select: { name: true, capacity: true, farm: { select: { name: true } } },
    sort: [{ name: "asc" }],
  })) {
    show(turbine);
    count += 1;
  }
  say(`${count} turbines of 8 MW and more`);
}

async function start() {
  const config = await (await fetch("/config.json")).json();
  const session = await openSession({ authority: config.authority, clientId: config.clientId });
  if (session.account) return list(config, session);
  say("Sign in to see the turbines.");
  element("sign-in").hidden = false;
  element("sign-in").addEventListener("click", () => session.signIn().catch(fail));
}

start().catch(fail);
