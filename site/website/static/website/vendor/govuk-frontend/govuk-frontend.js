/*! govuk-frontend 6.6.0, MIT licence, Crown copyright: see LICENCE.txt */
const common_index = (() => {
function getBreakpoint(name) {
const property = `--govuk-breakpoint-${name}`;
const value = window.getComputedStyle(document.documentElement).getPropertyValue(property);
return {
property,
value: value || undefined
};
}
function setFocus($element, options = {}) {
var _options$onBeforeFocu;
const isFocusable = $element.getAttribute('tabindex');
if (!isFocusable) {
$element.setAttribute('tabindex', '-1');
}
function onFocus() {
$element.addEventListener('blur', onBlur, {
once: true
});
}
function onBlur() {
var _options$onBlur;
(_options$onBlur = options.onBlur) == null || _options$onBlur.call($element);
if (!isFocusable) {
$element.removeAttribute('tabindex');
}
}
$element.addEventListener('focus', onFocus, {
once: true
});
(_options$onBeforeFocu = options.onBeforeFocus) == null || _options$onBeforeFocu.call($element);
$element.focus();
}
function isInitialised($root, moduleName) {
return $root instanceof HTMLElement && $root.hasAttribute(`data-${moduleName}-init`);
}
function isSupported($scope = document.body) {
if (!$scope) {
return false;
}
return $scope.classList.contains('govuk-frontend-supported');
}
function isArray(option) {
return Array.isArray(option);
}
function isObject(option) {
return !!option && typeof option === 'object' && !isArray(option);
}
function isScope($scope) {
return !!$scope && ($scope instanceof Element || $scope instanceof Document);
}
function formatErrorMessage(Component, message) {
return `${Component.moduleName}: ${message}`;
}
return { formatErrorMessage, getBreakpoint, isInitialised, isObject, isScope, isSupported, setFocus };
})();
const errors_index = (() => {
const { isObject, formatErrorMessage, isScope } = common_index;
class GOVUKFrontendError extends Error {
constructor(...args) {
super(...args);
this.name = 'GOVUKFrontendError';
}
}
class SupportError extends GOVUKFrontendError {
constructor(scopeOrMessage = document.body) {
let supportMessage = 'noModule' in HTMLScriptElement.prototype ? 'GOV.UK Frontend initialised without `<body class="govuk-frontend-supported">` from template `<script>` snippet' : 'GOV.UK Frontend is not supported in this browser';
if (!isScope(scopeOrMessage)) {
supportMessage = 'GOV.UK Frontend initialised without `<script type="module">`';
}
super(typeof scopeOrMessage === 'string' ? scopeOrMessage : supportMessage);
this.name = 'SupportError';
}
}
class ConfigError extends GOVUKFrontendError {
constructor(...args) {
super(...args);
this.name = 'ConfigError';
}
}
class ElementError extends GOVUKFrontendError {
constructor(messageOrOptions) {
let message = typeof messageOrOptions === 'string' ? messageOrOptions : '';
if (isObject(messageOrOptions)) {
const {
component,
identifier,
element,
expectedType
} = messageOrOptions;
message = identifier;
message += element ? ` is not of type ${expectedType != null ? expectedType : 'HTMLElement'}` : ' not found';
if (component) {
message = formatErrorMessage(component, message);
}
}
super(message);
this.name = 'ElementError';
}
}
class InitError extends GOVUKFrontendError {
constructor(componentOrMessage) {
const message = typeof componentOrMessage === 'string' ? componentOrMessage : formatErrorMessage(componentOrMessage, `Root element (\`$root\`) already initialised`);
super(message);
this.name = 'InitError';
}
}
return { ConfigError, ElementError, GOVUKFrontendError, InitError, SupportError };
})();
const component = (() => {
const { isInitialised, isSupported } = common_index;
const { InitError, ElementError, SupportError } = errors_index;
const _self = typeof globalThis !== 'undefined' ? globalThis : self;
class Component {
get $root() {
return this._$root;
}
constructor($root) {
this._$root = void 0;
const childConstructor = this.constructor;
if (typeof childConstructor.moduleName !== 'string') {
throw new InitError(`\`moduleName\` not defined in component`);
}
if (!($root instanceof childConstructor.elementType)) {
throw new ElementError({
element: $root,
component: childConstructor,
identifier: 'Root element (`$root`)',
expectedType: childConstructor.elementType.name
});
} else {
this._$root = $root;
}
childConstructor.checkSupport();
this.checkInitialised();
const moduleName = childConstructor.moduleName;
this.$root.setAttribute(`data-${moduleName}-init`, '');
}
checkInitialised() {
const constructor = this.constructor;
const moduleName = constructor.moduleName;
if (moduleName && isInitialised(this.$root, moduleName)) {
throw new InitError(constructor);
}
}
static checkSupport() {
if (!isSupported()) {
throw new SupportError();
}
}
}
Component.elementType = _self.HTMLElement;
return { Component };
})();
const common_configuration = (() => {
const { Component } = component;
const { ConfigError } = errors_index;
const { isObject, formatErrorMessage, isScope } = common_index;
const configOverride = Symbol.for('configOverride');
class ConfigurableComponent extends Component {
[configOverride](param) {
return {};
}
get config() {
return this._config;
}
constructor($root, config) {
super($root);
this._config = void 0;
const childConstructor = this.constructor;
if (!isObject(childConstructor.defaults)) {
throw new ConfigError(formatErrorMessage(childConstructor, 'Config passed as parameter into constructor but no defaults defined'));
}
const datasetConfig = normaliseDataset(childConstructor, this._$root.dataset);
this._config = mergeConfigs(childConstructor.defaults, config != null ? config : {});
this._config = mergeConfigs(this._config, this[configOverride](datasetConfig), datasetConfig);
}
}
function normaliseString(value, property) {
if (property != null && property.type && !['string', 'number', 'boolean'].includes(property.type)) {
return;
}
const trimmedValue = value ? value.trim() : '';
let output;
let outputType = property == null ? void 0 : property.type;
if (!outputType) {
if (['true', 'false'].includes(trimmedValue)) {
outputType = 'boolean';
}
if (trimmedValue.length > 0 && isFinite(Number(trimmedValue))) {
outputType = 'number';
}
}
switch (outputType) {
case 'boolean':
output = trimmedValue === 'true';
break;
case 'number':
output = Number(trimmedValue);
break;
default:
output = value;
}
return output;
}
function normaliseDataset(Component, dataset) {
if (!isObject(Component.schema)) {
throw new ConfigError(formatErrorMessage(Component, 'Config passed as parameter into constructor but no schema defined'));
}
const out = {};
const entries = Object.entries(Component.schema.properties);
for (const entry of entries) {
const [namespace, property] = entry;
const field = namespace.toString();
if (field in dataset) {
out[field] = normaliseString(dataset[field], property);
}
if ((property == null ? void 0 : property.type) === 'object') {
out[field] = extractConfigByNamespace(Component.schema, dataset, namespace);
}
}
return out;
}
function normaliseOptions(scopeOrOptions) {
let $scope = document;
let onError;
if (isObject(scopeOrOptions)) {
const options = scopeOrOptions;
if (isScope(options.scope) || options.scope === null) {
$scope = options.scope;
}
if (typeof options.onError === 'function') {
onError = options.onError;
}
}
if (isScope(scopeOrOptions)) {
$scope = scopeOrOptions;
} else if (scopeOrOptions === null) {
$scope = null;
} else if (typeof scopeOrOptions === 'function') {
onError = scopeOrOptions;
}
return {
scope: $scope,
onError
};
}
function mergeConfigs(...configObjects) {
const formattedConfigObject = {};
for (const configObject of configObjects) {
for (const key of Object.keys(configObject)) {
const option = formattedConfigObject[key];
const override = configObject[key];
if (isObject(option) && isObject(override)) {
formattedConfigObject[key] = mergeConfigs(option, override);
} else {
formattedConfigObject[key] = override;
}
}
}
return formattedConfigObject;
}
function validateConfig(schema, config) {
const validationErrors = [];
for (const [name, conditions] of Object.entries(schema)) {
const errors = [];
if (Array.isArray(conditions)) {
for (const {
required,
errorMessage
} of conditions) {
if (!required.every(key => !!config[key])) {
errors.push(errorMessage);
}
}
if (name === 'anyOf' && !(conditions.length - errors.length >= 1)) {
validationErrors.push(...errors);
}
}
}
return validationErrors;
}
function extractConfigByNamespace(schema, dataset, namespace) {
const property = schema.properties[namespace];
if ((property == null ? void 0 : property.type) !== 'object') {
return;
}
const newObject = {
[namespace]: {}
};
for (const [key, value] of Object.entries(dataset)) {
let current = newObject;
const keyParts = key.split('.');
for (const [index, name] of keyParts.entries()) {
if (isObject(current)) {
if (index < keyParts.length - 1) {
if (!isObject(current[name])) {
current[name] = {};
}
current = current[name];
} else if (key !== namespace) {
current[name] = normaliseString(value);
}
}
}
}
return newObject[namespace];
}
return { ConfigurableComponent, configOverride, extractConfigByNamespace, mergeConfigs, normaliseDataset, normaliseOptions, normaliseString, validateConfig };
})();
const init = (() => {
const { normaliseOptions } = common_configuration;
const { isSupported, isObject } = common_index;
const { SupportError, ElementError } = errors_index;
function createAll(Component, config, scopeOrOptions) {
let $elements;
const options = normaliseOptions(scopeOrOptions);
try {
var _options$scope;
if (!isSupported()) {
throw new SupportError();
}
if (options.scope === null) {
throw new ElementError({
element: options.scope,
component: Component,
identifier: 'Scope element (`$scope`)'
});
}
$elements = (_options$scope = options.scope) == null ? void 0 : _options$scope.querySelectorAll(`[data-module="${Component.moduleName}"]`);
} catch (error) {
if (options.onError) {
options.onError(error, {
component: Component,
config
});
} else {
console.log(error);
}
return [];
}
return Array.from($elements != null ? $elements : []).map($element => {
try {
return typeof config !== 'undefined' ? new Component($element, config) : new Component($element);
} catch (error) {
if (options.onError) {
options.onError(error, {
element: $element,
component: Component,
config
});
} else {
console.log(error);
}
return null;
}
}).filter(Boolean);
}
return { createAll };
})();
const components_button_button = (() => {
const { ConfigurableComponent } = common_configuration;
const DEBOUNCE_TIMEOUT_IN_SECONDS = 1;
class Button extends ConfigurableComponent {
constructor($root, config = {}) {
super($root, config);
this.debounceFormSubmitTimer = null;
this.$root.addEventListener('keydown', event => this.handleKeyDown(event));
this.$root.addEventListener('click', event => this.debounce(event));
}
handleKeyDown(event) {
const $target = event.target;
if (event.key !== ' ') {
return;
}
if ($target instanceof HTMLElement && $target.getAttribute('role') === 'button') {
event.preventDefault();
$target.click();
}
}
debounce(event) {
if (!this.config.preventDoubleClick) {
return;
}
if (this.debounceFormSubmitTimer) {
event.preventDefault();
return false;
}
this.debounceFormSubmitTimer = window.setTimeout(() => {
this.debounceFormSubmitTimer = null;
}, DEBOUNCE_TIMEOUT_IN_SECONDS * 1000);
}
}
Button.moduleName = 'govuk-button';
Button.defaults = Object.freeze({
preventDoubleClick: false
});
Button.schema = Object.freeze({
properties: {
preventDoubleClick: {
type: 'boolean'
}
}
});
return { Button };
})();
const components_checkboxes_checkboxes = (() => {
const { Component } = component;
const { ElementError } = errors_index;
class Checkboxes extends Component {
constructor($root) {
super($root);
this.$inputs = void 0;
const $inputs = this.$root.querySelectorAll('input[type="checkbox"]');
if (!$inputs.length) {
throw new ElementError({
component: Checkboxes,
identifier: 'Form inputs (`<input type="checkbox">`)'
});
}
this.$inputs = $inputs;
this.$inputs.forEach($input => {
const targetId = $input.getAttribute('data-aria-controls');
if (!targetId) {
return;
}
if (!document.getElementById(targetId)) {
throw new ElementError({
component: Checkboxes,
identifier: `Conditional reveal (\`id="${targetId}"\`)`
});
}
$input.setAttribute('aria-controls', targetId);
$input.removeAttribute('data-aria-controls');
});
window.addEventListener('pageshow', () => this.syncAllConditionalReveals());
this.syncAllConditionalReveals();
this.$root.addEventListener('click', event => this.handleClick(event));
}
syncAllConditionalReveals() {
this.$inputs.forEach($input => this.syncConditionalRevealWithInputState($input));
}
syncConditionalRevealWithInputState($input) {
const targetId = $input.getAttribute('aria-controls');
if (!targetId) {
return;
}
const $target = document.getElementById(targetId);
if ($target != null && $target.classList.contains('govuk-checkboxes__conditional')) {
const inputIsChecked = $input.checked;
$input.setAttribute('aria-expanded', inputIsChecked.toString());
$target.classList.toggle('govuk-checkboxes__conditional--hidden', !inputIsChecked);
}
}
unCheckAllInputsExcept($input) {
const allInputsWithSameName = document.querySelectorAll(`input[type="checkbox"][name="${$input.name}"]`);
allInputsWithSameName.forEach($inputWithSameName => {
const hasSameFormOwner = $input.form === $inputWithSameName.form;
if (hasSameFormOwner && $inputWithSameName !== $input) {
$inputWithSameName.checked = false;
this.syncConditionalRevealWithInputState($inputWithSameName);
}
});
}
unCheckExclusiveInputs($input) {
const allInputsWithSameNameAndExclusiveBehaviour = document.querySelectorAll(`input[data-behaviour="exclusive"][type="checkbox"][name="${$input.name}"]`);
allInputsWithSameNameAndExclusiveBehaviour.forEach($exclusiveInput => {
const hasSameFormOwner = $input.form === $exclusiveInput.form;
if (hasSameFormOwner) {
$exclusiveInput.checked = false;
this.syncConditionalRevealWithInputState($exclusiveInput);
}
});
}
handleClick(event) {
const $clickedInput = event.target;
if (!($clickedInput instanceof HTMLInputElement) || $clickedInput.type !== 'checkbox') {
return;
}
const hasAriaControls = $clickedInput.getAttribute('aria-controls');
if (hasAriaControls) {
this.syncConditionalRevealWithInputState($clickedInput);
}
if (!$clickedInput.checked) {
return;
}
const hasBehaviourExclusive = $clickedInput.getAttribute('data-behaviour') === 'exclusive';
if (hasBehaviourExclusive) {
this.unCheckAllInputsExcept($clickedInput);
} else {
this.unCheckExclusiveInputs($clickedInput);
}
}
}
Checkboxes.moduleName = 'govuk-checkboxes';
return { Checkboxes };
})();
const components_error_summary_error_summary = (() => {
const { ConfigurableComponent } = common_configuration;
const { setFocus } = common_index;
class ErrorSummary extends ConfigurableComponent {
constructor($root, config = {}) {
super($root, config);
if (!this.config.disableAutoFocus) {
setFocus(this.$root);
}
this.$root.addEventListener('click', event => this.handleClick(event));
}
handleClick(event) {
const $target = event.target;
if ($target && this.focusTarget($target)) {
event.preventDefault();
}
}
focusTarget($target) {
if (!($target instanceof HTMLAnchorElement)) {
return false;
}
const inputId = $target.hash.replace('#', '');
if (!inputId) {
return false;
}
const $input = document.getElementById(inputId);
if (!$input) {
return false;
}
const $legendOrLabel = this.getAssociatedLegendOrLabel($input);
if (!$legendOrLabel) {
return false;
}
$legendOrLabel.scrollIntoView();
$input.focus({
preventScroll: true
});
return true;
}
getAssociatedLegendOrLabel($input) {
var _document$querySelect;
const $fieldset = $input.closest('fieldset');
if ($fieldset) {
const $legends = $fieldset.getElementsByTagName('legend');
if ($legends.length) {
const $candidateLegend = $legends[0];
if ($input instanceof HTMLInputElement && ($input.type === 'checkbox' || $input.type === 'radio')) {
return $candidateLegend;
}
const legendTop = $candidateLegend.getBoundingClientRect().top;
const inputRect = $input.getBoundingClientRect();
if (inputRect.height && window.innerHeight) {
const inputBottom = inputRect.top + inputRect.height;
if (inputBottom - legendTop < window.innerHeight / 2) {
return $candidateLegend;
}
}
}
}
return (_document$querySelect = document.querySelector(`label[for='${$input.getAttribute('id')}']`)) != null ? _document$querySelect : $input.closest('label');
}
}
ErrorSummary.moduleName = 'govuk-error-summary';
ErrorSummary.defaults = Object.freeze({
disableAutoFocus: false
});
ErrorSummary.schema = Object.freeze({
properties: {
disableAutoFocus: {
type: 'boolean'
}
}
});
return { ErrorSummary };
})();
const components_notification_banner_notification_banner = (() => {
const { ConfigurableComponent } = common_configuration;
const { setFocus } = common_index;
class NotificationBanner extends ConfigurableComponent {
constructor($root, config = {}) {
super($root, config);
if (this.$root.getAttribute('role') === 'alert' && !this.config.disableAutoFocus) {
setFocus(this.$root);
}
}
}
NotificationBanner.moduleName = 'govuk-notification-banner';
NotificationBanner.defaults = Object.freeze({
disableAutoFocus: false
});
NotificationBanner.schema = Object.freeze({
properties: {
disableAutoFocus: {
type: 'boolean'
}
}
});
return { NotificationBanner };
})();
const components_radios_radios = (() => {
const { Component } = component;
const { ElementError } = errors_index;
class Radios extends Component {
constructor($root) {
super($root);
this.$inputs = void 0;
const $inputs = this.$root.querySelectorAll('input[type="radio"]');
if (!$inputs.length) {
throw new ElementError({
component: Radios,
identifier: 'Form inputs (`<input type="radio">`)'
});
}
this.$inputs = $inputs;
this.$inputs.forEach($input => {
const targetId = $input.getAttribute('data-aria-controls');
if (!targetId) {
return;
}
if (!document.getElementById(targetId)) {
throw new ElementError({
component: Radios,
identifier: `Conditional reveal (\`id="${targetId}"\`)`
});
}
$input.setAttribute('aria-controls', targetId);
$input.removeAttribute('data-aria-controls');
});
window.addEventListener('pageshow', () => this.syncAllConditionalReveals());
this.syncAllConditionalReveals();
this.$root.addEventListener('click', event => this.handleClick(event));
}
syncAllConditionalReveals() {
this.$inputs.forEach($input => this.syncConditionalRevealWithInputState($input));
}
syncConditionalRevealWithInputState($input) {
const targetId = $input.getAttribute('aria-controls');
if (!targetId) {
return;
}
const $target = document.getElementById(targetId);
if ($target != null && $target.classList.contains('govuk-radios__conditional')) {
const inputIsChecked = $input.checked;
$input.setAttribute('aria-expanded', inputIsChecked.toString());
$target.classList.toggle('govuk-radios__conditional--hidden', !inputIsChecked);
}
}
handleClick(event) {
const $clickedInput = event.target;
if (!($clickedInput instanceof HTMLInputElement) || $clickedInput.type !== 'radio') {
return;
}
const $allInputs = document.querySelectorAll('input[type="radio"][aria-controls]');
const $clickedInputForm = $clickedInput.form;
const $clickedInputName = $clickedInput.name;
$allInputs.forEach($input => {
const hasSameFormOwner = $input.form === $clickedInputForm;
const hasSameName = $input.name === $clickedInputName;
if (hasSameName && hasSameFormOwner) {
this.syncConditionalRevealWithInputState($input);
}
});
}
}
Radios.moduleName = 'govuk-radios';
return { Radios };
})();
const components_skip_link_skip_link = (() => {
const { setFocus } = common_index;
const { Component } = component;
const { ElementError } = errors_index;
const _self = typeof globalThis !== 'undefined' ? globalThis : self;
class SkipLink extends Component {
constructor($root) {
var _this$$root$getAttrib;
super($root);
const hash = this.$root.hash;
const href = (_this$$root$getAttrib = this.$root.getAttribute('href')) != null ? _this$$root$getAttrib : '';
if (this.$root.origin !== window.location.origin || this.$root.pathname !== window.location.pathname) {
return;
}
const linkedElementId = hash.replace('#', '');
if (!linkedElementId) {
throw new ElementError(`Skip link: Target link (\`href="${href}"\`) has no hash fragment`);
}
const $linkedElement = document.getElementById(linkedElementId);
if (!$linkedElement) {
throw new ElementError({
component: SkipLink,
element: $linkedElement,
identifier: `Target content (\`id="${linkedElementId}"\`)`
});
}
this.$root.addEventListener('click', () => setFocus($linkedElement, {
onBeforeFocus() {
$linkedElement.classList.add('govuk-skip-link-focused-element');
},
onBlur() {
$linkedElement.classList.remove('govuk-skip-link-focused-element');
}
}));
}
}
SkipLink.elementType = _self.HTMLAnchorElement;
SkipLink.moduleName = 'govuk-skip-link';
return { SkipLink };
})();
globalThis.GOVUKFrontend = { ...init, ...components_button_button, ...components_checkboxes_checkboxes, ...components_error_summary_error_summary, ...components_notification_banner_notification_banner, ...components_radios_radios, ...components_skip_link_skip_link };
