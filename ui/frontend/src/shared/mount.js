// Mounts a component of Streamlit as an instance of a class.

/** @typedef {HTMLElement | ShadowRoot} Root The element of a component; a shadow root if its styles are isolated */
/** @typedef {(name: string, value: any) => void} Send */

/**
 * Return the function that Streamlit calls with new data. It creates one instance per element, updates it at each call, and
 * returns a function that closes the instance.
 * @template Data
 * @param {(root: Root, data: Data) => {update: (data: Data, send: Send, trigger: Send) => void, close: () => void}} create
 */
export function mounted(create) {
  /** @type {WeakMap<Root, ReturnType<typeof create>>} */
  const instances = new WeakMap();
  /** @param {{data: Data, parentElement: Root, setStateValue: Send, setTriggerValue: Send}} component */
  return ({ data, parentElement, setStateValue, setTriggerValue }) => {
    const instance = instances.get(parentElement) ?? create(parentElement, data);
    instances.set(parentElement, instance);
    instance.update(data, setStateValue, setTriggerValue);
    return () => {
      instance.close();
      instances.delete(parentElement);
    };
  };
}
