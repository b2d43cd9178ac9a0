// A key, or the device's own finger or face: asked by the button of a form, whose answer the form then sends.
(() => {
  "use strict";
  const BINARY = ["challenge", "id", "userHandle", "rawId"];
  const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const decoded = (value, name) => {
    if (Array.isArray(value)) return value.map((one) => decoded(one));
    if (value && typeof value === "object") {
      const parts = Object.entries(value).map(([key, part]) => [key, key === "rp" ? part : decoded(part, key)]);
      return Object.fromEntries(parts);
    }
    return typeof value === "string" && BINARY.includes(name) ? toBytes(value) : value;
  };
  const encoded = (credential) => {
    const { response } = credential;
    const said = { clientDataJSON: toText(response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[name]) said[name] = toText(response[name]);
    }
    if (response.getTransports) said.transports = response.getTransports();
    const { id, type } = credential;
    return { id, rawId: toText(credential.rawId), type, response: said, clientExtensionResults: credential.getClientExtensionResults() };
  };

  const form = document.querySelector("form[data-passkey]");
  const given = document.getElementById("js_data");
  if (!form || !given || !window.PublicKeyCredential) return;
  const creates = form.dataset.passkey === "create";
  const options = JSON.parse(given.textContent)[creates ? "creation_options" : "request_options"];
  const button = form.querySelector("button");
  form.hidden = button.disabled = false;
  const ask = async (event) => {
    event.preventDefault();
    try {
      const credential = await navigator.credentials[form.dataset.passkey](decoded(options));
      form.elements.credential.value = JSON.stringify(encoded(credential));
      form.submit();
    } catch {
      form.querySelector("[role=status]").textContent = form.dataset.said;
    }
  };
  button.addEventListener("click", ask);
  if (creates) form.addEventListener("submit", ask);
})();
