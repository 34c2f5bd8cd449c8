// A link to a content tab opens it.

{
  const tabs = __md_get("__tabs");
  if (Array.isArray(tabs)) {
    for (const label of document.querySelectorAll(".tabbed-set .tabbed-labels label")) {
      if (tabs.includes(label.innerText.trim())) document.getElementById(label.htmlFor).checked = true;
    }
  }
  const target = document.getElementById(location.hash.slice(1));
  if (target?.name?.startsWith("__tabbed_")) target.checked = true;
}
