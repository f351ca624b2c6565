"use strict";(()=>{var ct=Object.defineProperty;var pt=Object.getOwnPropertyDescriptor;var p=(i,s,e,t)=>{for(var n=t>1?void 0:t?pt(s,e):s,r=i.length-1,o;r>=0;r--)(o=i[r])&&(n=(t?o(s,e,n):o(n))||n);return t&&n&&ct(s,e,n),n};/**
 * @license
 * Copyright 2019 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var oe=globalThis,ae=oe.ShadowRoot&&(oe.ShadyCSS===void 0||oe.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,ce=Symbol(),Me=new WeakMap,X=class{constructor(s,e,t){if(this._$cssResult$=!0,t!==ce)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=s,this.t=e}get styleSheet(){let s=this.o,e=this.t;if(ae&&s===void 0){let t=e!==void 0&&e.length===1;t&&(s=Me.get(e)),s===void 0&&((this.o=s=new CSSStyleSheet).replaceSync(this.cssText),t&&Me.set(e,s))}return s}toString(){return this.cssText}},Oe=i=>new X(typeof i=="string"?i:i+"",void 0,ce),y=(i,...s)=>{let e=i.length===1?i[0]:s.reduce((t,n,r)=>t+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(n)+i[r+1],i[0]);return new X(e,i,ce)},Ne=(i,s)=>{if(ae)i.adoptedStyleSheets=s.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let e of s){let t=document.createElement("style"),n=oe.litNonce;n!==void 0&&t.setAttribute("nonce",n),t.textContent=e.cssText,i.appendChild(t)}},pe=ae?i=>i:i=>i instanceof CSSStyleSheet?(s=>{let e="";for(let t of s.cssRules)e+=t.cssText;return Oe(e)})(i):i;/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var{is:ut,defineProperty:mt,getOwnPropertyDescriptor:ft,getOwnPropertyNames:gt,getOwnPropertySymbols:$t,getPrototypeOf:vt}=Object,le=globalThis,He=le.trustedTypes,bt=He?He.emptyScript:"",yt=le.reactiveElementPolyfillSupport,Z=(i,s)=>i,Q={toAttribute(i,s){switch(s){case Boolean:i=i?bt:null;break;case Object:case Array:i=i==null?i:JSON.stringify(i)}return i},fromAttribute(i,s){let e=i;switch(s){case Boolean:e=i!==null;break;case Number:e=i===null?null:Number(i);break;case Object:case Array:try{e=JSON.parse(i)}catch{e=null}}return e}},he=(i,s)=>!ut(i,s),Le={attribute:!0,type:String,converter:Q,reflect:!1,useDefault:!1,hasChanged:he};Symbol.metadata??=Symbol("metadata"),le.litPropertyMetadata??=new WeakMap;var C=class extends HTMLElement{static addInitializer(s){this._$Ei(),(this.l??=[]).push(s)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(s,e=Le){if(e.state&&(e.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(s)&&((e=Object.create(e)).wrapped=!0),this.elementProperties.set(s,e),!e.noAccessor){let t=Symbol(),n=this.getPropertyDescriptor(s,t,e);n!==void 0&&mt(this.prototype,s,n)}}static getPropertyDescriptor(s,e,t){let{get:n,set:r}=ft(this.prototype,s)??{get(){return this[e]},set(o){this[e]=o}};return{get:n,set(o){let h=n?.call(this);r?.call(this,o),this.requestUpdate(s,h,t)},configurable:!0,enumerable:!0}}static getPropertyOptions(s){return this.elementProperties.get(s)??Le}static _$Ei(){if(this.hasOwnProperty(Z("elementProperties")))return;let s=vt(this);s.finalize(),s.l!==void 0&&(this.l=[...s.l]),this.elementProperties=new Map(s.elementProperties)}static finalize(){if(this.hasOwnProperty(Z("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(Z("properties"))){let e=this.properties,t=[...gt(e),...$t(e)];for(let n of t)this.createProperty(n,e[n])}let s=this[Symbol.metadata];if(s!==null){let e=litPropertyMetadata.get(s);if(e!==void 0)for(let[t,n]of e)this.elementProperties.set(t,n)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(s){let e=[];if(Array.isArray(s)){let t=new Set(s.flat(1/0).reverse());for(let n of t)e.unshift(pe(n))}else s!==void 0&&e.push(pe(s));return e}static _$Eu(s,e){let t=e.attribute;return t===!1?void 0:typeof t=="string"?t:typeof s=="string"?s.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(s=>this.enableUpdating=s),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(s=>s(this))}addController(s){(this._$EO??=new Set).add(s),this.renderRoot!==void 0&&this.isConnected&&s.hostConnected?.()}removeController(s){this._$EO?.delete(s)}_$E_(){let s=new Map,e=this.constructor.elementProperties;for(let t of e.keys())this.hasOwnProperty(t)&&(s.set(t,this[t]),delete this[t]);s.size>0&&(this._$Ep=s)}createRenderRoot(){let s=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return Ne(s,this.constructor.elementStyles),s}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(s=>s.hostConnected?.())}enableUpdating(s){}disconnectedCallback(){this._$EO?.forEach(s=>s.hostDisconnected?.())}attributeChangedCallback(s,e,t){this._$AK(s,t)}_$ET(s,e){let t=this.constructor.elementProperties.get(s),n=this.constructor._$Eu(s,t);if(n!==void 0&&t.reflect===!0){let r=(t.converter?.toAttribute!==void 0?t.converter:Q).toAttribute(e,t.type);this._$Em=s,r==null?this.removeAttribute(n):this.setAttribute(n,r),this._$Em=null}}_$AK(s,e){let t=this.constructor,n=t._$Eh.get(s);if(n!==void 0&&this._$Em!==n){let r=t.getPropertyOptions(n),o=typeof r.converter=="function"?{fromAttribute:r.converter}:r.converter?.fromAttribute!==void 0?r.converter:Q;this._$Em=n;let h=o.fromAttribute(e,r.type);this[n]=h??this._$Ej?.get(n)??h,this._$Em=null}}requestUpdate(s,e,t,n=!1,r){if(s!==void 0){let o=this.constructor;if(n===!1&&(r=this[s]),t??=o.getPropertyOptions(s),!((t.hasChanged??he)(r,e)||t.useDefault&&t.reflect&&r===this._$Ej?.get(s)&&!this.hasAttribute(o._$Eu(s,t))))return;this.C(s,e,t)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(s,e,{useDefault:t,reflect:n,wrapped:r},o){t&&!(this._$Ej??=new Map).has(s)&&(this._$Ej.set(s,o??e??this[s]),r!==!0||o!==void 0)||(this._$AL.has(s)||(this.hasUpdated||t||(e=void 0),this._$AL.set(s,e)),n===!0&&this._$Em!==s&&(this._$Eq??=new Set).add(s))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let s=this.scheduleUpdate();return s!=null&&await s,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[n,r]of this._$Ep)this[n]=r;this._$Ep=void 0}let t=this.constructor.elementProperties;if(t.size>0)for(let[n,r]of t){let{wrapped:o}=r,h=this[n];o!==!0||this._$AL.has(n)||h===void 0||this.C(n,void 0,r,h)}}let s=!1,e=this._$AL;try{s=this.shouldUpdate(e),s?(this.willUpdate(e),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(e)):this._$EM()}catch(t){throw s=!1,this._$EM(),t}s&&this._$AE(e)}willUpdate(s){}_$AE(s){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(s)),this.updated(s)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(s){return!0}update(s){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(s){}firstUpdated(s){}};C.elementStyles=[],C.shadowRootOptions={mode:"open"},C[Z("elementProperties")]=new Map,C[Z("finalized")]=new Map,yt?.({ReactiveElement:C}),(le.reactiveElementVersions??=[]).push("2.1.2");/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var be=globalThis,Ue=i=>i,de=be.trustedTypes,je=de?de.createPolicy("lit-html",{createHTML:i=>i}):void 0,We="$lit$",O=`lit$${Math.random().toFixed(9).slice(2)}$`,Ke="?"+O,wt=`<${Ke}>`,I=document,ee=()=>I.createComment(""),te=i=>i===null||typeof i!="object"&&typeof i!="function",ye=Array.isArray,kt=i=>ye(i)||typeof i?.[Symbol.iterator]=="function",ue=`[ 	
\f\r]`,V=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,ze=/-->/g,De=/>/g,z=RegExp(`>|${ue}(?:([^\\s"'>=/]+)(${ue}*=${ue}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),Ie=/'/g,qe=/"/g,Ge=/^(?:script|style|textarea|title)$/i,we=i=>(s,...e)=>({_$litType$:i,strings:s,values:e}),a=we(1),_=we(2),Bt=we(3),q=Symbol.for("lit-noChange"),d=Symbol.for("lit-nothing"),Be=new WeakMap,D=I.createTreeWalker(I,129);function Fe(i,s){if(!ye(i)||!i.hasOwnProperty("raw"))throw Error("invalid template strings array");return je!==void 0?je.createHTML(s):s}var xt=(i,s)=>{let e=i.length-1,t=[],n,r=s===2?"<svg>":s===3?"<math>":"",o=V;for(let h=0;h<e;h++){let l=i[h],c,u,m=-1,b=0;for(;b<l.length&&(o.lastIndex=b,u=o.exec(l),u!==null);)b=o.lastIndex,o===V?u[1]==="!--"?o=ze:u[1]!==void 0?o=De:u[2]!==void 0?(Ge.test(u[2])&&(n=RegExp("</"+u[2],"g")),o=z):u[3]!==void 0&&(o=z):o===z?u[0]===">"?(o=n??V,m=-1):u[1]===void 0?m=-2:(m=o.lastIndex-u[2].length,c=u[1],o=u[3]===void 0?z:u[3]==='"'?qe:Ie):o===qe||o===Ie?o=z:o===ze||o===De?o=V:(o=z,n=void 0);let x=o===z&&i[h+1].startsWith("/>")?" ":"";r+=o===V?l+wt:m>=0?(t.push(c),l.slice(0,m)+We+l.slice(m)+O+x):l+O+(m===-2?h:x)}return[Fe(i,r+(i[e]||"<?>")+(s===2?"</svg>":s===3?"</math>":"")),t]},se=class i{constructor({strings:s,_$litType$:e},t){let n;this.parts=[];let r=0,o=0,h=s.length-1,l=this.parts,[c,u]=xt(s,e);if(this.el=i.createElement(c,t),D.currentNode=this.el.content,e===2||e===3){let m=this.el.content.firstChild;m.replaceWith(...m.childNodes)}for(;(n=D.nextNode())!==null&&l.length<h;){if(n.nodeType===1){if(n.hasAttributes())for(let m of n.getAttributeNames())if(m.endsWith(We)){let b=u[o++],x=n.getAttribute(m).split(O),T=/([.?@])?(.*)/.exec(b);l.push({type:1,index:r,name:T[2],strings:x,ctor:T[1]==="."?fe:T[1]==="?"?ge:T[1]==="@"?$e:F}),n.removeAttribute(m)}else m.startsWith(O)&&(l.push({type:6,index:r}),n.removeAttribute(m));if(Ge.test(n.tagName)){let m=n.textContent.split(O),b=m.length-1;if(b>0){n.textContent=de?de.emptyScript:"";for(let x=0;x<b;x++)n.append(m[x],ee()),D.nextNode(),l.push({type:2,index:++r});n.append(m[b],ee())}}}else if(n.nodeType===8)if(n.data===Ke)l.push({type:2,index:r});else{let m=-1;for(;(m=n.data.indexOf(O,m+1))!==-1;)l.push({type:7,index:r}),m+=O.length-1}r++}}static createElement(s,e){let t=I.createElement("template");return t.innerHTML=s,t}};function G(i,s,e=i,t){if(s===q)return s;let n=t!==void 0?e._$Co?.[t]:e._$Cl,r=te(s)?void 0:s._$litDirective$;return n?.constructor!==r&&(n?._$AO?.(!1),r===void 0?n=void 0:(n=new r(i),n._$AT(i,e,t)),t!==void 0?(e._$Co??=[])[t]=n:e._$Cl=n),n!==void 0&&(s=G(i,n._$AS(i,s.values),n,t)),s}var me=class{constructor(s,e){this._$AV=[],this._$AN=void 0,this._$AD=s,this._$AM=e}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(s){let{el:{content:e},parts:t}=this._$AD,n=(s?.creationScope??I).importNode(e,!0);D.currentNode=n;let r=D.nextNode(),o=0,h=0,l=t[0];for(;l!==void 0;){if(o===l.index){let c;l.type===2?c=new ne(r,r.nextSibling,this,s):l.type===1?c=new l.ctor(r,l.name,l.strings,this,s):l.type===6&&(c=new ve(r,this,s)),this._$AV.push(c),l=t[++h]}o!==l?.index&&(r=D.nextNode(),o++)}return D.currentNode=I,n}p(s){let e=0;for(let t of this._$AV)t!==void 0&&(t.strings!==void 0?(t._$AI(s,t,e),e+=t.strings.length-2):t._$AI(s[e])),e++}},ne=class i{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(s,e,t,n){this.type=2,this._$AH=d,this._$AN=void 0,this._$AA=s,this._$AB=e,this._$AM=t,this.options=n,this._$Cv=n?.isConnected??!0}get parentNode(){let s=this._$AA.parentNode,e=this._$AM;return e!==void 0&&s?.nodeType===11&&(s=e.parentNode),s}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(s,e=this){s=G(this,s,e),te(s)?s===d||s==null||s===""?(this._$AH!==d&&this._$AR(),this._$AH=d):s!==this._$AH&&s!==q&&this._(s):s._$litType$!==void 0?this.$(s):s.nodeType!==void 0?this.T(s):kt(s)?this.k(s):this._(s)}O(s){return this._$AA.parentNode.insertBefore(s,this._$AB)}T(s){this._$AH!==s&&(this._$AR(),this._$AH=this.O(s))}_(s){this._$AH!==d&&te(this._$AH)?this._$AA.nextSibling.data=s:this.T(I.createTextNode(s)),this._$AH=s}$(s){let{values:e,_$litType$:t}=s,n=typeof t=="number"?this._$AC(s):(t.el===void 0&&(t.el=se.createElement(Fe(t.h,t.h[0]),this.options)),t);if(this._$AH?._$AD===n)this._$AH.p(e);else{let r=new me(n,this),o=r.u(this.options);r.p(e),this.T(o),this._$AH=r}}_$AC(s){let e=Be.get(s.strings);return e===void 0&&Be.set(s.strings,e=new se(s)),e}k(s){ye(this._$AH)||(this._$AH=[],this._$AR());let e=this._$AH,t,n=0;for(let r of s)n===e.length?e.push(t=new i(this.O(ee()),this.O(ee()),this,this.options)):t=e[n],t._$AI(r),n++;n<e.length&&(this._$AR(t&&t._$AB.nextSibling,n),e.length=n)}_$AR(s=this._$AA.nextSibling,e){for(this._$AP?.(!1,!0,e);s!==this._$AB;){let t=Ue(s).nextSibling;Ue(s).remove(),s=t}}setConnected(s){this._$AM===void 0&&(this._$Cv=s,this._$AP?.(s))}},F=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(s,e,t,n,r){this.type=1,this._$AH=d,this._$AN=void 0,this.element=s,this.name=e,this._$AM=n,this.options=r,t.length>2||t[0]!==""||t[1]!==""?(this._$AH=Array(t.length-1).fill(new String),this.strings=t):this._$AH=d}_$AI(s,e=this,t,n){let r=this.strings,o=!1;if(r===void 0)s=G(this,s,e,0),o=!te(s)||s!==this._$AH&&s!==q,o&&(this._$AH=s);else{let h=s,l,c;for(s=r[0],l=0;l<r.length-1;l++)c=G(this,h[t+l],e,l),c===q&&(c=this._$AH[l]),o||=!te(c)||c!==this._$AH[l],c===d?s=d:s!==d&&(s+=(c??"")+r[l+1]),this._$AH[l]=c}o&&!n&&this.j(s)}j(s){s===d?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,s??"")}},fe=class extends F{constructor(){super(...arguments),this.type=3}j(s){this.element[this.name]=s===d?void 0:s}},ge=class extends F{constructor(){super(...arguments),this.type=4}j(s){this.element.toggleAttribute(this.name,!!s&&s!==d)}},$e=class extends F{constructor(s,e,t,n,r){super(s,e,t,n,r),this.type=5}_$AI(s,e=this){if((s=G(this,s,e,0)??d)===q)return;let t=this._$AH,n=s===d&&t!==d||s.capture!==t.capture||s.once!==t.once||s.passive!==t.passive,r=s!==d&&(t===d||n);n&&this.element.removeEventListener(this.name,this,t),r&&this.element.addEventListener(this.name,this,s),this._$AH=s}handleEvent(s){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,s):this._$AH.handleEvent(s)}},ve=class{constructor(s,e,t){this.element=s,this.type=6,this._$AN=void 0,this._$AM=e,this.options=t}get _$AU(){return this._$AM._$AU}_$AI(s){G(this,s)}};var _t=be.litHtmlPolyfillSupport;_t?.(se,ne),(be.litHtmlVersions??=[]).push("3.3.3");var Ye=(i,s,e)=>{let t=e?.renderBefore??s,n=t._$litPart$;if(n===void 0){let r=e?.renderBefore??null;t._$litPart$=n=new ne(s.insertBefore(ee(),r),r,void 0,e??{})}return n._$AI(i),n};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var ke=globalThis,$=class extends C{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let s=super.createRenderRoot();return this.renderOptions.renderBefore??=s.firstChild,s}update(s){let e=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(s),this._$Do=Ye(e,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return q}};$._$litElement$=!0,$.finalized=!0,ke.litElementHydrateSupport?.({LitElement:$});var Et=ke.litElementPolyfillSupport;Et?.({LitElement:$});(ke.litElementVersions??=[]).push("4.2.2");/**
 * @license
 * Copyright 2022 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var E=i=>(s,e)=>{e!==void 0?e.addInitializer(()=>{customElements.define(i,s)}):customElements.define(i,s)};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var At={attribute:!0,type:String,converter:Q,reflect:!1,hasChanged:he},St=(i=At,s,e)=>{let{kind:t,metadata:n}=e,r=globalThis.litPropertyMetadata.get(n);if(r===void 0&&globalThis.litPropertyMetadata.set(n,r=new Map),t==="setter"&&((i=Object.create(i)).wrapped=!0),r.set(e.name,i),t==="accessor"){let{name:o}=e;return{set(h){let l=s.get.call(this);s.set.call(this,h),this.requestUpdate(o,l,i,!0,h)},init(h){return h!==void 0&&this.C(o,void 0,i,h),h}}}if(t==="setter"){let{name:o}=e;return function(h){let l=this[o];s.call(this,h),this.requestUpdate(o,l,i,!0,h)}}throw Error("Unsupported decorator location: "+t)};function f(i){return(s,e)=>typeof e=="object"?St(i,s,e):((t,n,r)=>{let o=n.hasOwnProperty(r);return n.constructor.createProperty(r,t),o?Object.getOwnPropertyDescriptor(n,r):void 0})(i,s,e)}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */function k(i){return f({...i,state:!0,attribute:!1})}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var B=(i,s,e)=>(e.configurable=!0,e.enumerable=!0,Reflect.decorate&&typeof s!="object"&&Object.defineProperty(i,s,e),e);/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */function xe(i,s){return(e,t,n)=>{let r=o=>o.renderRoot?.querySelector(i)??null;if(s){let{get:o,set:h}=typeof t=="object"?e:n??(()=>{let l=Symbol();return{get(){return this[l]},set(c){this[l]=c}}})();return B(e,t,{get(){let l=o.call(this);return l===void 0&&(l=r(this),(l!==null||this.hasUpdated)&&h.call(this,l)),l}})}return B(e,t,{get(){return r(this)}})}}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2021 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var A=y`
  h2 { font-size: 1rem; margin: 0 0 0.4rem; }
  h3 { font-size: 0.9rem; margin: 0.7rem 0 0.2rem; color: var(--dim); font-weight: 600; }
  p { margin: 0.2rem 0; }
  button, select, input, .button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.15rem 0.6rem; }
  button, summary, .button, select { cursor: pointer; }
  a { color: var(--accent); }
  .button { display: inline-block; }
  button:disabled { opacity: 0.4; cursor: default; }
  button.plain { border: 0; padding: 0; background: none; color: var(--accent); text-decoration: underline; text-align: left; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
  kbd { font: 12px var(--mono); border: 1px solid var(--faint); border-radius: 3px; padding: 0 0.3em; color: var(--dim); }
  .value { font: 13px/1.5 var(--mono); overflow-wrap: anywhere; }
  .dim { color: var(--dim); }
  .good { color: var(--good); }
  .bad { color: var(--bad); }
  .open { color: var(--unknown); }
  .same { color: inherit; }
  ins, del { text-decoration: none; border-radius: 2px; padding: 0 0.15em; }
  ins { background: var(--added); }
  del { background: var(--removed); text-decoration: line-through; }
  ins::before { content: "+"; }
`;var W=class extends ${constructor(){super(...arguments);this.run=[]}updated(){let e=this.renderRoot.querySelector("section > ol"),t=this.renderRoot.querySelector('[aria-current="step"]');e.scrollHeight>e.clientHeight&&(e.scrollTop=t.offsetTop-e.offsetTop-e.clientHeight/2)}render(){return a`<section aria-labelledby="run">
      <h2 id="run">The run, and where you have been</h2>
      <ol>${this.line(this.walk.root)}${this.below(this.walk.root)}</ol>
    </section>`}below(e){let t=[];for(let n=e;n.children.size>0;){let r=this.on(n)?this.run[n.run.length]:void 0,o=n.children.get(r??n.last??-1)??[...n.children.values()][0],h=[...n.children.values()].filter(l=>l!==o);t.push(...h.map(l=>a`<li><ol>${this.line(l)}${this.below(l)}</ol></li>`),this.line(o)),n=o}return t}line(e){let{length:t}=e.run,n=this.on(e)&&t===this.run.length;return a`<li>
      <button class=${this.on(e)?"":"off"} aria-current=${n?"step":"false"} @click=${()=>this.go(e)}>
        <span class="number">${t}</span><span>${t?e.said:"the start"}</span>
      </button>
    </li>`}on(e){return e.run.length<=this.run.length&&e.run.every((t,n)=>t===this.run[n])}go(e){this.dispatchEvent(new CustomEvent("go",{detail:e}))}};W.styles=[A,y`
      :host { display: block; }
      ol { list-style: none; margin: 0; padding: 0; }
      section > ol { max-height: 50vh; overflow: auto; }
      ol ol { margin-left: 0.9rem; border-left: 1px solid var(--faint); padding-left: 0.5rem; }
      button { display: grid; grid-template-columns: 2rem minmax(0, 1fr); width: 100%; border: 0; border-left: 3px solid transparent; border-radius: 0; text-align: left; padding: 0.1rem 0.3rem; overflow-wrap: anywhere; }
      button:hover { background: var(--hover); }
      button[aria-current="step"] { border-color: var(--accent); background: var(--hover); }
      .off { color: var(--dim); }
      .number { color: var(--dim); font: 12px/1.8 var(--mono); }
    `],p([f({attribute:!1})],W.prototype,"walk",2),p([f({attribute:!1})],W.prototype,"run",2),W=p([E("x-branches")],W);var _e=class{constructor(s){let{parts:e,whole:t}=JSON.parse(s),n=[],r=o=>Array.isArray(o)?o.map(r):o===null||typeof o!="object"?o:"$"in o?n[o.$]:Object.fromEntries(Object.entries(o).map(([h,l])=>[h,r(l)]));for(let o of e)n.push(r(o));this.whole=r(t)}get setting(){return this.whole.setting}get size(){return Object.keys(this.whole.places).length}run(s){let[e,t]=s.split("?"),n=new URLSearchParams(t).get("p");return decodeURIComponent(e??"")!==(s?this.setting.name:"")?null:Je(n===null?this.whole.home:n,n===null?10:36)}has(s){return s.join(".")in this.whole.places}place(s){let e=this.whole.places[s.join(".")];if(e===void 0)return null;let{after:t}=e.trace;if(t===void 0)return e;let n=this.place(Je(t,10)).trace.moves;return{...e,trace:{...e.trace,moves:[...n,...e.trace.moves]}}}},Je=(i,s)=>i?i.split(".").map(e=>parseInt(e,s)):[],Xe=document.getElementById("explored"),w=Xe===null?null:new _e(Xe.textContent??"");var Ze={tuple:["(",")"],set:["{","}"],bag:["[","]"],map:["{","}"]};function g(i){if("text"in i)return i.text;if("fields"in i)return`${i.name}(${i.fields.map(([,t])=>g(t)).join(", ")})`;if(i.kind==="map")return`{${i.entries.map(([t,n])=>`${g(t)}: ${g(n)}`).join(", ")}}`;let[s,e]=Ze[i.kind];return`${s}${i.items.map(g).join(", ")}${i.kind==="tuple"&&i.items.length===1?",":""}${e}`}function ie(i){return"text"in i?[i.text]:"fields"in i?i.fields.flatMap(([,s])=>ie(s)):"entries"in i?i.entries.flat().flatMap(ie):i.items.flatMap(ie)}function H(i,s=null,e="new"){let t=(o,h)=>Ae(o.map(([l,c])=>{let u=h?.get(l)??null;return a`<span class="dim">${l.replaceAll("_"," ")}:</span> ${u===null?g(c):N(c,u,e)}`}));if(!("fields"in i)||i.fields.length===0)return s===null?g(i):N(i,s,e);let n=s!==null&&"fields"in s&&s.name===i.name?new Map(s.fields):null,r=a`${i.name}(${t(i.fields,n)})`;return s===null||n!==null?r:e==="new"?a`<ins>${r}</ins>`:a`<del>${r}</del>`}function N(i,s,e){if(s!==null&&g(i)===g(s))return a`<span class="same">${g(i)}</span>`;if(s!==null&&"fields"in i&&"fields"in s&&i.name===s.name){let t=new Map(s.fields);return a`${i.name}(${Ae(i.fields.map(([n,r])=>N(r,t.get(n)??null,e)))})`}if(s!==null&&"kind"in i&&"kind"in s&&i.kind===s.kind){let[t,n]=Ze[i.kind];return a`${t}${Ae(Tt(i,s,e))}${n}`}return Ee(g(i),e)}function Tt(i,s,e){if("entries"in i&&"entries"in s){let n=new Map(s.entries.map(([r,o])=>[g(r),o]));return i.entries.map(([r,o])=>{let h=n.get(g(r));return h?a`${g(r)}: ${N(o,h,e)}`:Ee(`${g(r)}: ${g(o)}`,e)})}if(!("items"in i&&"items"in s))return[];if(i.kind==="tuple")return i.items.map((n,r)=>N(n,s.items[r]??null,e));let t=s.items.map(g);return i.items.map(n=>{let r=t.indexOf(g(n));return r<0?Ee(g(n),e):(t.splice(r,1),g(n))})}function Ee(i,s){return s==="new"?a`<ins>${i}</ins>`:a`<del>${i}</del>`}function Ae(i){return a`${i.map((s,e)=>a`${e>0?", ":d}${s}`)}`}var Rt={"false here":"✗","true here":"✓","reached here":"✓","about whole paths":"∞"},Se="false here, where it is not promised",Qe=["false here","reached here",Se,"true here","not reached here","without a case here","about whole paths"],P=class extends ${constructor(){super(...arguments);this.sought=null;this.wanted=""}render(){let e=new Map(this.setting.clauses.map(r=>[r.id,r])),t=this.wanted.toLowerCase(),n=this.place.truths.flatMap(r=>{let o=e.get(r.clause);return o===void 0?[]:[{clause:o,truth:r}]}).filter(({clause:r,truth:o})=>[r.id,r.name,r.sentence,o.here].some(h=>h.toLowerCase().includes(t))).sort((r,o)=>Qe.indexOf(r.truth.here)-Qe.indexOf(o.truth.here));return a`<section aria-labelledby="clauses">
      <h2 id="clauses">What the clauses say here</h2>
      ${n.map(({clause:r,truth:o})=>this.row(r,o))}
      <p class="dim">Of this place alone: <code>concordant check ${this.setting.stem}</code> judges the system.</p>
    </section>`}row(e,t){let n=["false here","reached here",Se].includes(t.here);return a`<details data-clause=${e.id} ?open=${t.here==="false here"||this.sought?.clause===e.id}>
      <summary class="row">
        <span class=${t.tone==="open"?"dim":t.tone} aria-hidden="true">${Rt[t.here]??"·"}</span>
        <span class="name">${e.name}</span>
        <span class="word ${t.tone==="open"?"dim":t.tone}">${t.here}</span>
      </summary>
      <div class="inside">
        <p>${e.sentence}</p>
        ${t.facts.length?a`<div class=${t.here==="false here"?"told":""}>${t.facts.map(r=>a`<p class="value">${r.name}: ${g(r.value)}</p>`)}</div>`:d}
        ${t.here===Se?a`<p class="dim">Under all that may happen in this system it is not promised, so that this is no mistake.</p>`:d}
        ${t.here==="about whole paths"?a`<p class="dim">It is about whole paths, and true or false in no one place: <code>concordant check</code> shows a lasso where it fails.</p>`:this.search(e,n)}
        ${e.argument?a`<details><summary>why it holds</summary><p class="argument">${e.argument}</p></details>`:d}
        ${e.pitfalls.length?a`<p class="dim">
              Broken by
              ${e.pitfalls.map((r,o)=>a`${o?", ":""}${w===null?a`<a href="#${r}">${r}</a>`:r}`)}
            </p>`:d}
      </div>
    </details>`}search(e,t){if(w!==null)return d;let n=this.sought?.clause===e.id?this.sought.news:null,r=e.reached?"Find the nearest place where it is reached":"Find the nearest place where it is false",o=this.sought!==null&&this.sought.since!==this.place.link;return a`<div class="searching">
      ${t?d:a`<button @click=${()=>this.send("seek",e.id)} ?disabled=${n?.state==="running"}>${r}</button>`}
      ${n===null?d:a`<span>${n.says}${o&&n.state!=="running"?" (from where the search began)":""}</span>`}
      ${n?.state==="running"?a`<button @click=${()=>this.send("stop",n.id)}>Stop</button>`:d}
      ${n?.link&&n.link!==this.place.link?a`<a href="#${n.link}">go there</a>`:d}
    </div>`}send(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t}))}};P.styles=[A,y`
      :host { display: block; }
      details { border-bottom: 1px solid var(--faint); }
      details details { border: 0; }
      details details summary { display: list-item; color: var(--dim); font-size: 0.9em; }
      .row { display: grid; grid-template-columns: 1.2rem minmax(0, 1fr) fit-content(45%); gap: 0.3rem; padding: 0.2rem 0; align-items: baseline; }
      .row::-webkit-details-marker { display: none; }
      .name { overflow-wrap: anywhere; }
      .word { font-size: 0.85em; text-align: right; }
      .inside { padding: 0.1rem 0 0.6rem 1.5rem; }
      .argument { white-space: pre-line; color: var(--dim); font-size: 0.9em; }
      .told { border-left: 3px solid var(--bad); padding: 0.1rem 0.7rem; }
      .searching { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: baseline; margin: 0.3rem 0; }
    `],p([f({attribute:!1})],P.prototype,"setting",2),p([f({attribute:!1})],P.prototype,"place",2),p([f({attribute:!1})],P.prototype,"sought",2),p([f()],P.prototype,"wanted",2),P=p([E("x-clauses")],P);var Y=class extends ${render(){let{in_flight:s,calls:e,history:t}=this.place;return a`<section aria-label="messages, calls and history">
      <h2>In flight</h2>
      ${s.length===0?a`<p class="dim">nothing</p>`:d}
      <dl>
        ${s.map(n=>a`<dt>${n.source} → ${n.to}</dt>
            <dd class="value">${n.messages.map(r=>a`<div>${g(r)}</div>`)}</dd>`)}
      </dl>
      ${e.length?a`<h2>Waiting for an answer</h2>${e.map(n=>a`<p class="value">${n.user} asks ${n.at}</p>`)}`:d}
      <details>
        <summary>What the clauses remember</summary>
        <p class="value">${H(t)}</p>
      </details>
    </section>`}};Y.styles=[A,y`
      :host { display: block; }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 0.8rem; margin: 0; }
      dt { font: 600 13px/1.5 var(--mono); }
      dd { margin: 0; }
      h2:not(:first-child) { margin-top: 1rem; }
      details { margin-top: 0.8rem; }
      @media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding: 0 0 0.35rem 0.7rem; } }
    `],p([f({attribute:!1})],Y.prototype,"place",2),Y=p([E("x-flight")],Y);var L=class extends ${constructor(){super(...arguments);this.wanted="";this.near=!1}render(){let{options:e}=this.place,t=this.wanted.toLowerCase(),n=e.filter(l=>[l.said,...l.comes].some(c=>c.toLowerCase().includes(t))),r=n.filter(l=>!l.fault),o=n.filter(l=>l.fault),h=l=>n.indexOf(l);return a`<section aria-labelledby="moves" @focusout=${()=>this.look(null)} @mouseleave=${()=>this.look(null)}>
      <h2 id="moves">What can be done</h2>
      ${e.length===0?a`<p>No move can be made: nothing more happens.</p>`:d}
      ${e.length>n.length?a`<p class="dim">${n.length} of ${e.length} fit the filter</p>`:d}
      ${Ct(r).map(([l,c])=>a`<h3>${l}</h3><ul>${c.map(u=>this.move(u,h(u)))}</ul>`)}
      ${this.left(o.length>0)}
      <ul>${o.map(l=>this.move(l,h(l)))}</ul>
      <details ?open=${this.near} @toggle=${this.toggled}>
        <summary>${this.place.near.length} ${this.place.near.length===1?"move":"moves"} that cannot be made, and why not <kbd>n</kbd></summary>
        <ul>${this.place.near.map(l=>a`<li class="miss">${l.said} <span>${l.why}</span></li>`)}</ul>
      </details>
    </section>`}get buttons(){return[...this.renderRoot.querySelectorAll("button.move")]}left(e){let{left:t}=this.place;return t.length===0&&!e?d:a`<h3>
      Faults
      ${t.length?a`<span class="left">${t.map(n=>a`<span>${n.what}: ${n.left??"any number"} left</span>`)}</span>`:d}
    </h3>`}move(e,t){let n=t<9?`${t+1}`:"";return a`<li>
      <button
        class="move ${e.fault?"fault":""}"
        @click=${()=>this.take(e)}
        @mouseenter=${()=>this.look(e)}
        @focus=${()=>this.look(e)}
      >
        <span class="key">${n?a`<kbd aria-hidden="true">${n}</kbd>`:d}</span>
        <span class="said">
          ${e.said}
          <span class="comes">${e.comes.join("; ")}</span>
          ${e.says_no?a`<span class="no">${e.says_no}</span>`:d}
          ${w?.has([...this.place.run,e.number])===!1?a`<span class="no">leads beyond this page</span>`:d}
        </span>
      </button>
    </li>`}take(e){this.dispatchEvent(new CustomEvent("take",{detail:e.number}))}look(e){this.dispatchEvent(new CustomEvent("look",{detail:e}))}toggled(e){let{open:t}=e.target;t!==this.near&&this.dispatchEvent(new CustomEvent("near",{detail:t}))}};L.styles=[A,y`
      :host { display: block; }
      ul { list-style: none; margin: 0; padding: 0; }
      li { margin: 0.15rem 0; }
      button.move { display: grid; grid-template-columns: 1.6rem minmax(0, 1fr); width: 100%; text-align: left; padding: 0.25rem 0.5rem; }
      button.move:hover { background: var(--hover); }
      button.move:focus-visible { background: var(--hover); }
      .comes { display: block; color: var(--dim); font-size: 0.9em; overflow-wrap: anywhere; }
      .said { overflow-wrap: anywhere; }
      .no { display: block; color: var(--unknown); font-size: 0.9em; }
      .fault { border-style: dashed; }
      .key { align-self: start; }
      li.miss { color: var(--dim); padding-left: 0.6rem; overflow-wrap: anywhere; }
      li.miss span { display: block; font-size: 0.9em; color: var(--unknown); }
      .left { display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; font-weight: 400; }
      summary { margin-top: 0.7rem; }
    `],p([f({attribute:!1})],L.prototype,"place",2),p([f()],L.prototype,"wanted",2),p([f({type:Boolean})],L.prototype,"near",2),L=p([E("x-moves")],L);function Ct(i){let s=new Map;for(let e of i)s.set(e.whose,[...s.get(e.whose)??[],e]);return[...s]}var Pt=18,M=30,Ve=44,U=26,Mt=40,Ot=36,et=7.3,S=class extends ${constructor(){super(...arguments);this.at=0;this.labels=!1;this.only="";this.fold=!1;this.named=new Set;this.labelled=!1;this.shown=[];this.lanes=[];this.sized=new ResizeObserver(()=>this.fit())}willUpdate(){let e=({row:r})=>!this.only||r.start===this.only||r.end===this.only,t=({row:r})=>this.fold&&r.mark==="inside";this.shown=this.trace.moves.flatMap((r,o)=>e(r)&&!t(r)?[o+1]:[]);let n=new Set(this.trace.moves.filter(e).flatMap(({row:r})=>[r.start,r.end]));this.lanes=this.only?this.trace.lanes.filter(r=>n.has(r)):this.trace.lanes}render(){let{lanes:e}=this,{moves:t,left:n}=this.trace,o=this.left+e.length*this.width+(this.labelled?this.words:0),h=Ve+(this.shown.length+(n.length?1.6:.8))*M,l=`Space-time diagram: ${e.length} participants, ${t.length} moves${this.shown.length<t.length?`, of which ${this.shown.length} are drawn`:""}. The list of moves says the same in words.`;return a`<svg class="heads" width=${o} height=${U} viewBox="0 0 ${o} ${U}" aria-hidden="true">
      ${e.map((c,u)=>_`<text class="head ${this.named.has(c)?"is-named":""}" x=${this.x(u)} y="18">${c}</text>`)}
    </svg>
    <svg class="rows" width=${o} height=${h-U} viewBox="0 ${U} ${o} ${h-U}" role="img" aria-label=${l}>
      <defs>
        <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse" markerUnits="userSpaceOnUse">
          <path class="tip" d="M0 0 L8 4 L0 8 z"></path>
        </marker>
      </defs>
      ${e.map((c,u)=>this.lane(c,u,h))}
      ${this.shown.map(c=>this.move(t[c-1],c,o))} ${this.folds()}
      ${n.filter(c=>!this.only||c.source===this.only||c.to===this.only).map(c=>this.waiting(c.source,c.to,c.sent,h))} ${this.loop()}
    </svg>`}get left(){return Mt+(this.trace.acts===null&&this.trace.cycle===null?0:Ot)}get width(){return Pt+et*Math.max(6,...this.lanes.map(e=>e.length))}get words(){return et*Math.max(0,...this.trace.moves.map(e=>e.row.label.length))}x(e){return this.left+(e+.5)*this.width}y(e){let t=this.shown.filter(n=>n<e).length;return Ve+t*M+(this.shown.includes(e)?M/2:0)}place(e){return this.lanes.indexOf(e)}folds(){if(!this.fold)return[];let e=new Map;return this.trace.moves.forEach(({row:t},n)=>{let r=this.place(t.end);if(t.mark!=="inside"||r<0||this.only&&t.end!==this.only)return;let[o,h]=[this.x(r),this.y(n+1)];e.set(`${o} ${h}`,{x:o,y:h,count:(e.get(`${o} ${h}`)?.count??0)+1})}),[...e.values()].map(({x:t,y:n,count:r})=>_`<g><title>${r} ${r===1?"step":"steps"} of its own</title><circle class="folded" cx=${t} cy=${n} r="7"></circle><text class="count" x=${t} y=${n+3.5}>${r}</text></g>`)}lane(e,t,n){let r=this.trace.moves.map((h,l)=>({mark:h.row.mark,who:h.row.end,y:this.y(l+1)})).filter(({who:h,mark:l})=>h===e&&(l==="down"||l==="up")),o=[...r.map(({y:h})=>h),n-8];return o.map((h,l)=>{let c=r[l-1]?.mark==="down";return _`<line class="lane ${c?"is-down":""}" x1=${this.x(t)} x2=${this.x(t)} y1=${o[l-1]??26} y2=${h}></line>`})}move(e,t,n){let r=this.y(t),o=t===this.at?"here":t>this.at?"later":"";return _`<g class=${o} @click=${()=>this.choose(t)}>
      <title>${t}. ${e.said}</title>
      <rect class="band" x="0" y=${r-M/2} width=${n} height=${M}></rect>
      <text class="number" x="30" y=${r+4}>${t}</text>
      ${t===this.trace.acts?_`<text class="acts" x="46" y=${r+4}>◆</text>`:d}
      ${this.drawn(e,t)}
      ${this.labelled?_`<text class="label" x=${this.left+this.lanes.length*this.width} y=${r+4}>${e.row.label}</text>`:d}
    </g>`}drawn(e,t){let{start:n,end:r,mark:o,sent:h,again:l}=e.row,c=this.x(this.place(r)),u=this.y(t);switch(o){case"inside":return _`<circle class="dot" cx=${c} cy=${u} r="4.5"></circle>`;case"down":return this.cross(c,u);case"up":return _`<path class="tip" d="M${c-6} ${u+5} L${c} ${u-6} L${c+6} ${u+5} z"></path>`;default:{let m=this.x(this.place(n)),b=h===null?u:this.y(h),x=o==="lost"?"is-lost":l?"again":h===null?"ask":"",T=(m+c)/2;if(o==="lost"){let Pe=(b+u)/2;return _`<line class="message ${x}" x1=${m} y1=${b} x2=${T} y2=${Pe}></line>${this.cross(T,Pe)}`}return m===c?_`<path class="message ${x}" marker-end="url(#tip)" d="M${c} ${b} C${c+34} ${b} ${c+34} ${u} ${c+5} ${u}"></path>`:_`<line class="message ${x}" marker-end="url(#tip)" x1=${m} y1=${b} x2=${c} y2=${u}></line>`}}}waiting(e,t,n,r){let[o,h]=[this.place(e),this.place(t)];if(n===null||o<0||h<0)return d;let[l,c,u,m]=[this.x(o),this.x(h),this.y(n),r-14],[b,x]=[l+(c-l)*.8,u+(m-u)*.8],T=this.at<this.trace.moves.length?"later":"";return _`<line class="message in-flight ${T}" x1=${l} y1=${u} x2=${b} y2=${x}></line><circle class="ring ${T}" cx=${b} cy=${x} r="4"></circle>`}loop(){let{cycle:e,moves:t}=this.trace;if(e===null||e===0)return d;let[n,r]=[this.y(t.length-e+1),this.y(t.length)];return _`<path class="repeats" marker-end="url(#tip)" d="M14 ${r} H6 V${n} H16"><title>repeated for ever</title></path>`}cross(e,t){return _`<path class="cross" d="M${e-5} ${t-5} L${e+5} ${t+5} M${e+5} ${t-5} L${e-5} ${t+5}"></path>`}connectedCallback(){super.connectedCallback(),this.sized.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.sized.disconnect()}fit(){this.labelled=this.labels&&this.left+this.lanes.length*this.width+this.words<=this.clientWidth}updated(){this.fit();let e=this.y(Math.max(1,this.at))-U;this.clientHeight>0&&this.scrollHeight>this.clientHeight&&(e-M<this.scrollTop?this.scrollTop=e-M:e+2*M+U>this.scrollTop+this.clientHeight&&(this.scrollTop=e+2*M+U-this.clientHeight))}choose(e){this.dispatchEvent(new CustomEvent("step",{detail:e,bubbles:!0,composed:!0}))}};S.styles=y`
    :host { display: block; overflow-x: auto; }
    .heads { position: sticky; top: 0; background: var(--paper); }
    svg { display: block; font: 12px/1 var(--mono); max-width: none; }
    .lane { stroke: var(--faint); stroke-width: 1; }
    .lane.is-down { stroke-dasharray: 1 5; }
    .head { fill: var(--ink); font-weight: 600; text-anchor: middle; }
    .label { fill: var(--ink); }
    .number { fill: var(--dim); text-anchor: end; }
    .message { stroke: var(--ink); stroke-width: 1.5; fill: none; }
    .ask { stroke-width: 2.5; }
    .again { stroke-dasharray: 7 3; }
    .is-lost { stroke-dasharray: 4 4; }
    .in-flight { stroke-dasharray: 1 4; stroke-linecap: round; }
    .tip, .dot { fill: var(--ink); }
    .ring { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5; }
    .cross { stroke: var(--ink); stroke-width: 2; }
    .band { fill: transparent; cursor: pointer; }
    .band:hover { fill: var(--hover); }
    .here .band { fill: var(--hover); }
    .later { opacity: 0.35; }
    .acts { fill: var(--ink); text-anchor: middle; }
    .is-named { fill: var(--bad); text-decoration: underline; }
    .folded { fill: var(--paper); stroke: var(--dim); }
    .count { fill: var(--dim); text-anchor: middle; font-size: 10px; }
    .repeats { fill: none; stroke: var(--ink); stroke-width: 1.5; }
    @media print { .later { opacity: 1; } }
  `,p([f({attribute:!1})],S.prototype,"trace",2),p([f({type:Number})],S.prototype,"at",2),p([f({type:Boolean})],S.prototype,"labels",2),p([f()],S.prototype,"only",2),p([f({type:Boolean})],S.prototype,"fold",2),p([f({attribute:!1})],S.prototype,"named",2),p([k()],S.prototype,"labelled",2),S=p([E("c-spacetime")],S);var R=class extends ${constructor(){super(...arguments);this.looked=null;this.named=new Set;this.changed=!1;this.views=!1}render(){let{processes:e}=this.place,t=this.changed?e.filter(r=>this.has(r)):e,n=e.length-t.length;return a`<section aria-labelledby="state">
      <h2 id="state">State${this.looked===null?"":a` <span class="dim">if that move were made</span>`}</h2>
      <dl>${t.map(r=>this.process(r))}</dl>
      ${n?a`<p class="dim">${n} unchanged ${n===1?"is":"are"} hidden</p>`:d}
      <div class="toggles">
        <label><input type="checkbox" .checked=${this.changed} @change=${()=>this.toggle("changed")} /> only what changed <kbd>d</kbd></label>
        <label><input type="checkbox" .checked=${this.views} @change=${()=>this.toggle("views")} /> what is seen from outside <kbd>v</kbd></label>
      </div>
    </section>`}has(e){return this.looked===null?e.before!==null:this.looked.changes.some(t=>t.who===e.who)}process(e){let t=this.looked===null?null:Nt(e,this.looked.changes),n=t!==null?a`${H(e.state,t,"old")} → ${H(t,e.state,"new")}`:e.before!==null&&this.looked===null?H(e.state,e.before,"new"):H(e.state),r=t!==null?"would":e.before!==null&&this.looked===null?"moved":"";return a`<dt class=${r}>
        <span class=${this.named.has(e.who)?"told":""} title=${this.named.has(e.who)?"named where a clause is false here":""}>${e.who}</span>${e.up?d:a` <span class="down">down</span>`}</dt>
      <dd class="value">
        ${n} ${this.views?a`<div class="seen">from outside: ${H(e.view)}</div>`:d}
      </dd>`}toggle(e){this.dispatchEvent(new CustomEvent("toggle",{detail:e}))}};R.styles=[A,y`
      :host { display: block; }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 0.8rem; margin: 0; }
      dt { font: 600 13px/1.5 var(--mono); padding: 0.15rem 0 0.15rem 0.5rem; border-left: 3px solid transparent; }
      dd { margin: 0; padding: 0.15rem 0; }
      dt.moved { border-color: var(--accent); }
      dt.would { border-left-style: dashed; border-color: var(--accent); }
      .told { color: var(--bad); text-decoration: underline; }
      .down { color: var(--bad); font-weight: 600; }
      .seen { color: var(--dim); }
      .toggles { display: flex; flex-wrap: wrap; gap: 0 1rem; font-size: 0.9em; color: var(--dim); }
      label { display: inline-flex; gap: 0.3rem; align-items: center; cursor: pointer; }
      @media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding: 0 0 0.35rem 0.7rem; } }
    `],p([f({attribute:!1})],R.prototype,"place",2),p([f({attribute:!1})],R.prototype,"looked",2),p([f({attribute:!1})],R.prototype,"named",2),p([f({type:Boolean})],R.prototype,"changed",2),p([f({type:Boolean})],R.prototype,"views",2),R=p([E("x-state")],R);function Nt(i,s){let e=s.filter(n=>n.who===i.who);if(e.length===0)return null;let t=i.state;for(let n of e)n.field===""?t=n.after:"fields"in t&&(t={...t,fields:t.fields.map(([r,o])=>[r,r===n.field?n.after:o])});return t}var j=class extends Error{constructor(e,t){super(t);this.status=e}};async function K(i,s,e={}){let t;try{t=await fetch(`${i}?${new URLSearchParams(s)}`,e)}catch{throw new j(0,"the server of this page does not answer: start concordant explore again")}let n=await t.json().catch(()=>({error:`the server answered ${t.status}`}));if(!t.ok)throw new j(t.status,n.error??`the server answered ${t.status}`);return n}var Te=i=>i?{at:i}:{},Re=async i=>w?.setting??K("/api/setting",Te(i)),re=async(i,{back:s=0,take:e=null}={})=>{if(w===null)return K("/api/place",{...Te(i),...s?{back:`${s}`}:{},...e===null?{}:{take:`${e}`}});let t=w.run(i),n=t===null?null:w.place([...t.slice(0,t.length-s),...e===null?[]:[e]]);if(n===null)throw new j(404,`this page holds ${w.size} places, and not that one: concordant explore '${i}' goes on from here`);return n},tt=(i,s)=>K("/api/place",{...Te(i),wander:`${s}`}),st=(i,s)=>K("/api/search",{at:i,clause:s},{method:"POST"}),nt=i=>K(`/api/search/${i}`,{}),Ce=i=>K(`/api/search/${i}`,{},{method:"DELETE"}),it=i=>K("/api/trace",{},{method:"POST",body:i}),rt=(i,s)=>`/api/file?${new URLSearchParams({at:i,format:s})}`;var ot=[["1 … 9","make that move"],["↑ ↓ or k j","from move to move; Enter makes it"],["← → or h l","back, and forward again"],["Home End","to the start; forward as far as you have been"],["d","only what changed"],["v","what is seen of each process from outside"],["n","what cannot be done, and why not"],["f","fold steps in which nobody hears anything"],["r","run on at random, each time otherwise"],["c","to the clauses"],["s","to the diagram"],["t","to the run and its branches"],["/","filter moves and clauses"],["y","copy the link to this place"],["?","these keys"]],at=[["svg","picture (SVG)","run.svg"],["itf","trace to open again (ITF)","run.itf.json"],["mermaid","Mermaid","run.mmd"],["pytest","test for an implementation","test_run.py"]],lt=y`
  :host { display: block; max-width: 110rem; margin: 0 auto; padding: 0.8rem 1rem 3rem; }
  h1 { font-size: 1.25rem; margin: 0; overflow-wrap: anywhere; }
  header { display: flex; flex-wrap: wrap; gap: 0.3rem 1.5rem; align-items: baseline; justify-content: space-between; }
  header p { margin: 0; flex-basis: 100%; }
  select { width: 20rem; max-width: 100%; box-sizing: border-box; }
  .bar { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; padding: 0.5rem 0; margin-bottom: 0.4rem; background: var(--paper); border-bottom: 1px solid var(--faint); }
  .bar .space { flex: 1; }
  .bar input[type="search"] { width: 10rem; }
  .menu { position: relative; }
  .menu > summary { list-style: none; border: 1px solid var(--faint); border-radius: 4px; padding: 0.15rem 0.6rem; }
  .menu > summary::-webkit-details-marker { display: none; }
  .menu > div { position: absolute; right: 0; top: 110%; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.5rem 0.9rem; display: grid; gap: 0.4rem; white-space: nowrap; z-index: 2; }
  .file { position: absolute; width: 1px; height: 1px; opacity: 0; }
  .file:focus-visible + .button { outline: 2px solid var(--accent); }
  .last { border-left: 3px solid var(--accent); padding: 0.2rem 0.8rem; margin: 0.6rem 0; }
  .last .effect { color: var(--dim); }
  .told { border-left: 3px solid var(--bad); padding: 0.2rem 0.8rem; margin: 0.6rem 0; }
  .told.reached { border-color: var(--good); }
  .problem { border: 1px solid var(--bad); border-radius: 4px; padding: 0.5rem 0.8rem; margin: 0.6rem 0; overflow-wrap: anywhere; }
  .problem p { white-space: pre-line; }
  .columns { display: grid; grid-template: "a b" auto "a c" 1fr / minmax(0, 5fr) minmax(0, 6fr); gap: 1.5rem 2rem; align-items: start; }
  .columns > div { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); }
  .a { grid-area: a; }
  .b { grid-area: b; }
  .c { grid-area: c; }
  c-spacetime { max-height: 60vh; overflow: auto; }
  .acts { border-left: 3px solid var(--unknown); padding: 0.1rem 0.8rem; margin: 0.4rem 0; font-size: 0.9em; overflow-wrap: anywhere; }
  .drawing { display: flex; flex-wrap: wrap; gap: 0.3rem 1rem; align-items: center; font-size: 0.9em; }
  .drawing select { width: auto; }
  .beyond { overflow-wrap: anywhere; }
  .legend { color: var(--dim); font-size: 0.85em; }
  .legend span { display: inline-block; margin-right: 1.2em; }
  dialog { color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 6px; max-width: 32rem; }
  dialog dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1rem; margin: 0.5rem 0; }
  dialog dd { margin: 0; }
  @media (min-width: 100rem) { .columns { grid-template: "a b c" / minmax(0, 5fr) minmax(0, 6fr) minmax(0, 5fr); } }
  @media (max-width: 60rem) { .columns { grid-template: "a" "b" "c" / minmax(0, 1fr); } c-spacetime { max-height: 70vh; } }
  @media (max-width: 40rem) { .bar { position: static; } .menu > div { right: auto; left: 0; } .bar .space { display: none; } }
`;var J=class{constructor(){this.root=ht([],"")}visit(s){let e=this.root;s.run.forEach((t,n)=>{let r=e.children.get(t);r===void 0&&(r=ht(s.run.slice(0,n+1),s.trace.moves[n]?.said??""),e.children.set(t,r)),e.last=t,e=r}),e.link=s.link}at(s){let e=this.root;for(let t of s)e=e?.children.get(t)??null;return e}way(s){let e=s;for(;e.link===null;)e=e.children.get(e.last??[...e.children.keys()][0]);return{at:e.link,back:e.run.length-s.run.length}}forward(s){let e=this.at(s);return e===null||e.last===null?null:e.children.get(e.last)??null}end(s){let e=this.forward(s);for(let t=e;t!==null;t=this.forward(t.run))e=t;return e}};function ht(i,s){return{run:i,said:s,link:null,children:new Map,last:null}}var Lt=300,v=class extends ${constructor(){super(...arguments);this.setting=null;this.place=null;this.drawn=null;this.looked=null;this.sought=null;this.changed=!1;this.views=!1;this.near=!1;this.only="";this.fold=!1;this.wanted="";this.problem="";this.note="";this.walk=new J;this.asked=0;this.wandered=0;this.followed=async()=>{let e=location.hash.slice(1);if(this.place!==null&&e===this.place.link)return;let t=e.split("&m=")[0],n=this.setting!==null&&this.place!==null&&t===this.place.link.split("&m=")[0];await this.load(async()=>{let r=await re(e);return n||(this.setting=await Re(r.link),this.walk=new J,this.drawn=null,document.title=`${this.setting.name}: Concordant`),r})};this.key=e=>{let t=e.composedPath()[0],n=t.matches?.("input:not([type=checkbox]), select, textarea")||this.help?.open;if(e.key==="Escape"&&t.matches?.("input[type=search]")&&(this.wanted="",t.blur()),n||e.altKey||e.ctrlKey||e.metaKey||this.place===null)return;let r=this.does(e.key);r!==null&&(e.preventDefault(),r())}}connectedCallback(){super.connectedCallback(),document.addEventListener("keydown",this.key),addEventListener("hashchange",this.followed),this.followed()}async load(e){this.asked+=1;let t=this.asked;try{let n=await e();t===this.asked&&this.show(n)}catch(n){if(!(n instanceof j))throw n;this.problem=n.message}}show(e){let t=this.moves?.renderRoot.querySelector(":focus")!==null&&this.moves!==null;this.walk.visit(e),this.place=e,this.looked=null,this.problem="",this.note="";let{drawn:n}=this;(!(n!==null&&e.run.every((o,h)=>n.run[h]===o))||e.run.length===n.run.length)&&(this.drawn={run:e.run,trace:e.trace}),location.hash.slice(1)!==e.link&&history.pushState(null,"",`#${e.link}`),t&&this.updateComplete.then(()=>this.focusMove(0))}go(e){if(e===null||this.place===null)return;let{at:t,back:n}=this.walk.way(e);this.load(()=>re(t,{back:n}))}take(e){if(this.place===null)return;let{link:t}=this.place;this.load(()=>re(t,{take:e}))}wander(){if(this.place===null||w!==null)return;let{link:e}=this.place;this.wandered+=1;let t=this.wandered;this.load(()=>tt(e,t))}back(){this.go(this.place===null?null:this.walk.at(this.place.run.slice(0,-1)))}step(e){this.go(this.drawn===null?null:this.walk.at(this.drawn.run.slice(0,e)))}async seek(e){if(this.place===null)return;let t=this.place.link;this.sought?.news.state==="running"&&await Ce(this.sought.news.id).catch(()=>null);try{let n=await st(t,e);for(;;){if(this.sought!==null&&this.sought.news.id!==n.id&&Number(this.sought.news.id)>Number(n.id))return;if(this.sought={clause:e,since:t,news:n},n.state!=="running")break;await new Promise(r=>setTimeout(r,Lt)),n=await nt(n.id)}n.link&&this.place?.link===t&&await this.load(()=>re(n.link)),this.note=n.says}catch(n){if(!(n instanceof j))throw n;this.problem=n.message}}async copy(){await navigator.clipboard.writeText(location.href).catch(()=>null),this.note="the link to this place is copied"}open(e){let t=e.target,n=t.files?.[0];t.value="",n!==void 0&&this.load(async()=>{let{departs:r,...o}=await it(n);return this.setting=await Re(o.link),this.walk=new J,this.drawn=null,this.updateComplete.then(()=>this.note=r===null?"as saved":`it departs from what was saved: ${r}; it is shown as far as it goes`),o})}does(e){let{run:t}=this.place;return/^[1-9]$/.test(e)?()=>this.moves?.buttons[Number(e)-1]?.click():{ArrowLeft:()=>this.back(),ArrowRight:()=>this.go(this.walk.forward(t)),ArrowUp:()=>this.nextMove(-1),ArrowDown:()=>this.nextMove(1),Home:()=>this.go(t.length?this.walk.root:null),End:()=>this.go(this.walk.end(t)),d:()=>this.changed=!this.changed,v:()=>this.views=!this.views,n:()=>this.near=!this.near,f:()=>this.fold=!this.fold,r:()=>this.wander(),c:()=>this.focusIn("x-clauses","summary"),s:()=>this.renderRoot.querySelector("c-spacetime")?.focus(),t:()=>this.focusIn("x-branches",'[aria-current="step"]'),"/":()=>this.renderRoot.querySelector("input[type=search]")?.focus(),y:()=>{this.copy()},"?":()=>this.help.showModal()}[{h:"ArrowLeft",l:"ArrowRight",k:"ArrowUp",j:"ArrowDown"}[e]??e]??null}nextMove(e){let t=this.moves?.buttons??[],n=t.findIndex(r=>r.matches(":focus"));this.focusMove(n<0?e>0?0:t.length-1:Math.max(0,Math.min(t.length-1,n+e)))}focusMove(e){this.moves?.buttons[e]?.focus()}focusIn(e,t){this.renderRoot.querySelector(e)?.renderRoot.querySelector(t)?.focus()}render(){if(this.place===null||this.setting===null)return a`<main>${this.troubled()}${this.problem?d:a`<p class="dim" role="status">Finding the run …</p>`}</main>`;let{place:e,setting:t}=this;return a`<main>
      <header>
        <h1>${t.name.split(/(?<=[._/])/).map(n=>a`${n}<wbr />`)}${t.scope?a` <span class="dim">${t.scope}</span>`:d}</h1>
        ${this.elsewhere(t)}
        <p>${t.shows}</p>
      </header>
      ${this.bar(e)} ${this.troubled()} ${this.last(e)} ${this.telling(e,t)}
      <div class="columns">
        <div class="a">
          <x-state
            .place=${e}
            .looked=${this.looked}
            .named=${dt(e)}
            .changed=${this.changed}
            .views=${this.views}
            @toggle=${n=>n.detail==="changed"?this.changed=!this.changed:this.views=!this.views}
          ></x-state>
          <x-moves
            .place=${e}
            .wanted=${this.wanted}
            .near=${this.near}
            @take=${n=>this.take(n.detail)}
            @look=${n=>this.looked=n.detail}
            @near=${n=>this.near=n.detail}
          ></x-moves>
          <x-flight .place=${e}></x-flight>
        </div>
        <div class="b">
          ${this.picture(e)}
          <x-branches .walk=${this.walk} .run=${e.run} @go=${n=>this.go(n.detail)}></x-branches>
        </div>
        <div class="c">
          <x-clauses
            .setting=${t}
            .place=${e}
            .sought=${this.sought}
            .wanted=${this.wanted}
            @seek=${n=>{this.seek(n.detail)}}
            @stop=${n=>{Ce(n.detail)}}
          ></x-clauses>
        </div>
      </div>
      ${w===null?d:a`<p class="dim beyond">This page holds ${w.size} places. From here <code>concordant explore '${e.link}'</code> goes on.</p>`}
      ${this.keys()}
    </main>`}elsewhere(e){if(w!==null)return d;let t=[["scopes",e.scopes,n=>`${e.stem}?scope=${encodeURIComponent(n)}`],["situations",e.situations,n=>n],["mistakes",e.pitfalls,n=>n]];return a`<label class="dim">
      Look at
      <select @change=${this.chosen} aria-label="look at another scope, situation or mistake of ${e.stem}">
        <option value="">another scope, situation or mistake …</option>
        ${t.map(([n,r,o])=>a`<optgroup label=${n}>${r.map(h=>a`<option value=${o(h.name)} title=${h.says}>${h.name}</option>`)}</optgroup>`)}
      </select>
    </label>`}chosen(e){let t=e.target;t.value&&(location.hash=t.value),t.value=""}bar(e){let t=this.walk.forward(e.run);return a`<nav class="bar" aria-label="the run">
      <button @click=${()=>this.go(this.walk.root)} ?disabled=${e.run.length===0} aria-label="to the start">|◀</button>
      <button @click=${()=>this.back()} ?disabled=${e.run.length===0} aria-label="back">◀</button>
      <button @click=${()=>this.go(t)} ?disabled=${t===null} aria-label="forward">▶</button>
      <button @click=${()=>this.go(this.walk.end(e.run))} ?disabled=${t===null} aria-label="forward as far as you have been">▶|</button>
      <span>${e.run.length===0?"at the start":`after ${e.run.length} ${e.run.length===1?"move":"moves"}`}</span>
      <span class="space"></span>
      <input type="search" placeholder="filter" aria-label="filter moves and clauses" .value=${this.wanted} @input=${n=>this.wanted=n.target.value} />
      ${w===null?this.files(e):d}
      <button @click=${()=>this.help.showModal()} aria-label="keys">?</button>
    </nav>`}files(e){return a`<button @click=${()=>this.wander()} title="some moves at random from here, each time others">Run on at random</button>
      <button @click=${()=>{this.copy()}}>Copy link</button>
      <details class="menu">
        <summary>Save</summary>
        <div>
          ${e.run.length?at.map(([t,n,r])=>a`<a href=${rt(e.link,t)} download=${r}>${n}</a>`):a`<span class="dim">no move has been made</span>`}
        </div>
      </details>
      <span><input class="file" id="file" type="file" accept=".json,application/json" @change=${this.open} /><label class="button" for="file">Open</label></span>`}troubled(){if(!this.problem)return d;let e=location.hash.slice(1).split("?")[0];return a`<div class="problem" role="alert">
      <p>${this.problem}</p>
      ${e&&this.place===null?a`<p><a href="#${e}" @click=${()=>this.forget()}>begin anew: ${decodeURIComponent(e)}</a></p>`:d}
    </div>`}forget(){this.problem=""}last(e){let t=e.trace.moves.at(-1);return a`<div class="last" role="status" aria-live="polite">
      ${t===void 0?a`<p>No move has been made yet.</p>`:a`<p><strong>${t.said}</strong></p>
            ${t.effects.map(n=>a`<p class="effect">${n}</p>`)} ${t.changes.map(Ut)}`}
      ${this.note?a`<p class="dim">${this.note}</p>`:d}
    </div>`}telling(e,t){let n=new Map(t.clauses.map(r=>[r.id,r]));return e.truths.filter(r=>r.here==="false here").map(r=>a`<div class="told" role="status"><strong class="bad">✗ false here: ${n.get(r.clause)?.name}</strong> ${n.get(r.clause)?.sentence}</div>`)}picture(e){let{trace:t}=this.drawn??e;return a`<section aria-labelledby="picture">
      <h2 id="picture">The run as a picture</h2>
      ${t.moves.length===0?a`<p class="dim">It is drawn once a move has been made.</p>`:a`${this.drawing(t.lanes)}<c-spacetime
              tabindex="0"
              labels
              .only=${t.lanes.includes(this.only)?this.only:""}
              .fold=${this.fold}
              .named=${dt(e)}
              .trace=${t}
              .at=${e.run.length}
              @step=${n=>this.step(n.detail)}
            ></c-spacetime>
            ${t.lasso?a`<p>${t.lasso}</p>`:d}
            ${t.instead.length?a`<div class="acts">${t.instead.map((n,r)=>a`<p>${r===0?`move ${t.acts}: ${n}`:n}</p>`)}</div>`:d}
            <p class="legend">${t.legend.map(n=>a`<span>${n}</span>`)}</p>
            ${t.notation.map(n=>a`<p class="legend">${n}</p>`)}`}
    </section>`}drawing(e){return a`<p class="drawing dim">
      <select aria-label="whose moves are drawn" .value=${this.only} @change=${t=>this.only=t.target.value}>
        <option value="">all moves</option>
        ${e.map(t=>a`<option value=${t} ?selected=${t===this.only}>moves of ${t} and what it hears</option>`)}
      </select>
      <label><input type="checkbox" .checked=${this.fold} @change=${()=>this.fold=!this.fold} /> fold steps of their own <kbd>f</kbd></label>
    </p>`}keys(){return a`<dialog aria-labelledby="keys" @click=${e=>e.target===this.help&&this.help.close()}>
      <h2 id="keys">Keys</h2>
      <dl>${ot.map(([e,t])=>a`<dt><kbd>${e}</kbd></dt><dd>${t}</dd>`)}</dl>
      <button @click=${()=>this.help.close()}>Close</button>
    </dialog>`}};v.styles=[A,lt],p([k()],v.prototype,"setting",2),p([k()],v.prototype,"place",2),p([k()],v.prototype,"drawn",2),p([k()],v.prototype,"looked",2),p([k()],v.prototype,"sought",2),p([k()],v.prototype,"changed",2),p([k()],v.prototype,"views",2),p([k()],v.prototype,"near",2),p([k()],v.prototype,"only",2),p([k()],v.prototype,"fold",2),p([k()],v.prototype,"wanted",2),p([k()],v.prototype,"problem",2),p([k()],v.prototype,"note",2),p([xe("x-moves")],v.prototype,"moves",2),p([xe("dialog")],v.prototype,"help",2),v=p([E("x-explorer")],v);function dt(i){let s=new Set(i.processes.map(t=>t.who)),e=i.truths.filter(t=>t.here==="false here").flatMap(t=>t.facts);return new Set(e.flatMap(t=>ie(t.value)).filter(t=>s.has(t)))}function Ut(i){let s=i.field?`${i.who}.${i.field}`:i.who;return a`<p class="value">${s}: ${N(i.before,i.after,"old")} → ${N(i.after,i.before,"new")}</p>`}document.body.append(document.createElement("x-explorer"));})();
