"""The page on which runs are looked at: its drawing is built from `web/` into `page.js`; here is made what it draws."""
