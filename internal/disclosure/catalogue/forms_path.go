package catalogue

const cataloguePath = "/desk/disclosure/catalogue"
