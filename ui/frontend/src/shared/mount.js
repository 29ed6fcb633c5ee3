/** @typedef {HTMLElement | ShadowRoot} Root The element of a component; a shadow root if its styles are isolated */
/** @typedef {(name: string, value: any) => void} Send */

/**
 * The function of a component that keeps one instance per element: made at first, updated with each new data.
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
