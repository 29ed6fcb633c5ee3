/** @typedef {HTMLElement | ShadowRoot} Root The element of a component; a shadow root if its styles are isolated */

/**
 * The function of a component that keeps one instance per element: made at first, updated with each new data.
 * @template Data
 * @param {(root: Root, data: Data) => {update: (data: Data, send: (name: string, value: any) => void) => void, close: () => void}} create
 */
export function mounted(create) {
  /** @type {WeakMap<Root, ReturnType<typeof create>>} */
  const instances = new WeakMap();
  /** @param {{data: Data, parentElement: Root, setStateValue: (name: string, value: any) => void}} component */
  return ({ data, parentElement, setStateValue }) => {
    const instance = instances.get(parentElement) ?? create(parentElement, data);
    instances.set(parentElement, instance);
    instance.update(data, setStateValue);
    return () => {
      instance.close();
      instances.delete(parentElement);
    };
  };
}
