/** @param {{data: {language: string}}} component */
export default function ({ data }) {
  document.documentElement.lang = data.language;
}
