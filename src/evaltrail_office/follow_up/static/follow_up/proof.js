// Says at once that a chosen file is too large, before any of it is sent. The server says the same.
document.querySelectorAll("input[type=file][data-most]").forEach((field) => {
  const told = document.getElementById(`${field.id}-error`);
  field.addEventListener("change", () => {
    const large = field.files.length > 0 && field.files[0].size > Number(field.dataset.most);
    told.textContent = large ? field.dataset.told : "";
    field.setAttribute("aria-invalid", String(large));
    if (large) {
      field.value = "";
    }
  });
});
