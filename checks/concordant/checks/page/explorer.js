"use strict";(()=>{var et=Object.defineProperty;var tt=Object.getOwnPropertyDescriptor;var p=(i,t,e,s)=>{for(var n=s>1?void 0:s?tt(t,e):t,r=i.length-1,a;r>=0;r--)(a=i[r])&&(n=(s?a(t,e,n):a(n))||n);return s&&n&&et(t,e,n),n};/**
 * @license
 * Copyright 2019 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var ie=globalThis,re=ie.ShadowRoot&&(ie.ShadyCSS===void 0||ie.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,he=Symbol(),Se=new WeakMap,J=class{constructor(t,e,s){if(this._$cssResult$=!0,s!==he)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=t,this.t=e}get styleSheet(){let t=this.o,e=this.t;if(re&&t===void 0){let s=e!==void 0&&e.length===1;s&&(t=Se.get(e)),t===void 0&&((this.o=t=new CSSStyleSheet).replaceSync(this.cssText),s&&Se.set(e,t))}return t}toString(){return this.cssText}},Te=i=>new J(typeof i=="string"?i:i+"",void 0,he),y=(i,...t)=>{let e=i.length===1?i[0]:t.reduce((s,n,r)=>s+(a=>{if(a._$cssResult$===!0)return a.cssText;if(typeof a=="number")return a;throw Error("Value passed to 'css' function must be a 'css' function result: "+a+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(n)+i[r+1],i[0]);return new J(e,i,he)},Ce=(i,t)=>{if(re)i.adoptedStyleSheets=t.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let e of t){let s=document.createElement("style"),n=ie.litNonce;n!==void 0&&s.setAttribute("nonce",n),s.textContent=e.cssText,i.appendChild(s)}},de=re?i=>i:i=>i instanceof CSSStyleSheet?(t=>{let e="";for(let s of t.cssRules)e+=s.cssText;return Te(e)})(i):i;/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var{is:st,defineProperty:nt,getOwnPropertyDescriptor:it,getOwnPropertyNames:rt,getOwnPropertySymbols:at,getPrototypeOf:ot}=Object,ae=globalThis,Re=ae.trustedTypes,lt=Re?Re.emptyScript:"",ht=ae.reactiveElementPolyfillSupport,X=(i,t)=>i,Z={toAttribute(i,t){switch(t){case Boolean:i=i?lt:null;break;case Object:case Array:i=i==null?i:JSON.stringify(i)}return i},fromAttribute(i,t){let e=i;switch(t){case Boolean:e=i!==null;break;case Number:e=i===null?null:Number(i);break;case Object:case Array:try{e=JSON.parse(i)}catch{e=null}}return e}},oe=(i,t)=>!st(i,t),Pe={attribute:!0,type:String,converter:Z,reflect:!1,useDefault:!1,hasChanged:oe};Symbol.metadata??=Symbol("metadata"),ae.litPropertyMetadata??=new WeakMap;var S=class extends HTMLElement{static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(t,e=Pe){if(e.state&&(e.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(t)&&((e=Object.create(e)).wrapped=!0),this.elementProperties.set(t,e),!e.noAccessor){let s=Symbol(),n=this.getPropertyDescriptor(t,s,e);n!==void 0&&nt(this.prototype,t,n)}}static getPropertyDescriptor(t,e,s){let{get:n,set:r}=it(this.prototype,t)??{get(){return this[e]},set(a){this[e]=a}};return{get:n,set(a){let h=n?.call(this);r?.call(this,a),this.requestUpdate(t,h,s)},configurable:!0,enumerable:!0}}static getPropertyOptions(t){return this.elementProperties.get(t)??Pe}static _$Ei(){if(this.hasOwnProperty(X("elementProperties")))return;let t=ot(this);t.finalize(),t.l!==void 0&&(this.l=[...t.l]),this.elementProperties=new Map(t.elementProperties)}static finalize(){if(this.hasOwnProperty(X("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(X("properties"))){let e=this.properties,s=[...rt(e),...at(e)];for(let n of s)this.createProperty(n,e[n])}let t=this[Symbol.metadata];if(t!==null){let e=litPropertyMetadata.get(t);if(e!==void 0)for(let[s,n]of e)this.elementProperties.set(s,n)}this._$Eh=new Map;for(let[e,s]of this.elementProperties){let n=this._$Eu(e,s);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(t){let e=[];if(Array.isArray(t)){let s=new Set(t.flat(1/0).reverse());for(let n of s)e.unshift(de(n))}else t!==void 0&&e.push(de(t));return e}static _$Eu(t,e){let s=e.attribute;return s===!1?void 0:typeof s=="string"?s:typeof t=="string"?t.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(t=>this.enableUpdating=t),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(t=>t(this))}addController(t){(this._$EO??=new Set).add(t),this.renderRoot!==void 0&&this.isConnected&&t.hostConnected?.()}removeController(t){this._$EO?.delete(t)}_$E_(){let t=new Map,e=this.constructor.elementProperties;for(let s of e.keys())this.hasOwnProperty(s)&&(t.set(s,this[s]),delete this[s]);t.size>0&&(this._$Ep=t)}createRenderRoot(){let t=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return Ce(t,this.constructor.elementStyles),t}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(t=>t.hostConnected?.())}enableUpdating(t){}disconnectedCallback(){this._$EO?.forEach(t=>t.hostDisconnected?.())}attributeChangedCallback(t,e,s){this._$AK(t,s)}_$ET(t,e){let s=this.constructor.elementProperties.get(t),n=this.constructor._$Eu(t,s);if(n!==void 0&&s.reflect===!0){let r=(s.converter?.toAttribute!==void 0?s.converter:Z).toAttribute(e,s.type);this._$Em=t,r==null?this.removeAttribute(n):this.setAttribute(n,r),this._$Em=null}}_$AK(t,e){let s=this.constructor,n=s._$Eh.get(t);if(n!==void 0&&this._$Em!==n){let r=s.getPropertyOptions(n),a=typeof r.converter=="function"?{fromAttribute:r.converter}:r.converter?.fromAttribute!==void 0?r.converter:Z;this._$Em=n;let h=a.fromAttribute(e,r.type);this[n]=h??this._$Ej?.get(n)??h,this._$Em=null}}requestUpdate(t,e,s,n=!1,r){if(t!==void 0){let a=this.constructor;if(n===!1&&(r=this[t]),s??=a.getPropertyOptions(t),!((s.hasChanged??oe)(r,e)||s.useDefault&&s.reflect&&r===this._$Ej?.get(t)&&!this.hasAttribute(a._$Eu(t,s))))return;this.C(t,e,s)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(t,e,{useDefault:s,reflect:n,wrapped:r},a){s&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,a??e??this[t]),r!==!0||a!==void 0)||(this._$AL.has(t)||(this.hasUpdated||s||(e=void 0),this._$AL.set(t,e)),n===!0&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let t=this.scheduleUpdate();return t!=null&&await t,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[n,r]of this._$Ep)this[n]=r;this._$Ep=void 0}let s=this.constructor.elementProperties;if(s.size>0)for(let[n,r]of s){let{wrapped:a}=r,h=this[n];a!==!0||this._$AL.has(n)||h===void 0||this.C(n,void 0,r,h)}}let t=!1,e=this._$AL;try{t=this.shouldUpdate(e),t?(this.willUpdate(e),this._$EO?.forEach(s=>s.hostUpdate?.()),this.update(e)):this._$EM()}catch(s){throw t=!1,this._$EM(),s}t&&this._$AE(e)}willUpdate(t){}_$AE(t){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(t)),this.updated(t)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(t){return!0}update(t){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(t){}firstUpdated(t){}};S.elementStyles=[],S.shadowRootOptions={mode:"open"},S[X("elementProperties")]=new Map,S[X("finalized")]=new Map,ht?.({ReactiveElement:S}),(ae.reactiveElementVersions??=[]).push("2.1.2");/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var $e=globalThis,Me=i=>i,le=$e.trustedTypes,Ne=le?le.createPolicy("lit-html",{createHTML:i=>i}):void 0,ze="$lit$",M=`lit$${Math.random().toFixed(9).slice(2)}$`,De="?"+M,dt=`<${De}>`,z=document,V=()=>z.createComment(""),ee=i=>i===null||typeof i!="object"&&typeof i!="function",ve=Array.isArray,ct=i=>ve(i)||typeof i?.[Symbol.iterator]=="function",ce=`[ 	
\f\r]`,Q=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,Oe=/-->/g,He=/>/g,U=RegExp(`>|${ce}(?:([^\\s"'>=/]+)(${ce}*=${ce}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),Le=/'/g,Ue=/"/g,qe=/^(?:script|style|textarea|title)$/i,be=i=>(t,...e)=>({_$litType$:i,strings:t,values:e}),o=be(1),k=be(2),Ot=be(3),D=Symbol.for("lit-noChange"),d=Symbol.for("lit-nothing"),je=new WeakMap,j=z.createTreeWalker(z,129);function Ie(i,t){if(!ve(i)||!i.hasOwnProperty("raw"))throw Error("invalid template strings array");return Ne!==void 0?Ne.createHTML(t):t}var pt=(i,t)=>{let e=i.length-1,s=[],n,r=t===2?"<svg>":t===3?"<math>":"",a=Q;for(let h=0;h<e;h++){let l=i[h],c,u,m=-1,v=0;for(;v<l.length&&(a.lastIndex=v,u=a.exec(l),u!==null);)v=a.lastIndex,a===Q?u[1]==="!--"?a=Oe:u[1]!==void 0?a=He:u[2]!==void 0?(qe.test(u[2])&&(n=RegExp("</"+u[2],"g")),a=U):u[3]!==void 0&&(a=U):a===U?u[0]===">"?(a=n??Q,m=-1):u[1]===void 0?m=-2:(m=a.lastIndex-u[2].length,c=u[1],a=u[3]===void 0?U:u[3]==='"'?Ue:Le):a===Ue||a===Le?a=U:a===Oe||a===He?a=Q:(a=U,n=void 0);let w=a===U&&i[h+1].startsWith("/>")?" ":"";r+=a===Q?l+dt:m>=0?(s.push(c),l.slice(0,m)+ze+l.slice(m)+M+w):l+M+(m===-2?h:w)}return[Ie(i,r+(i[e]||"<?>")+(t===2?"</svg>":t===3?"</math>":"")),s]},te=class i{constructor({strings:t,_$litType$:e},s){let n;this.parts=[];let r=0,a=0,h=t.length-1,l=this.parts,[c,u]=pt(t,e);if(this.el=i.createElement(c,s),j.currentNode=this.el.content,e===2||e===3){let m=this.el.content.firstChild;m.replaceWith(...m.childNodes)}for(;(n=j.nextNode())!==null&&l.length<h;){if(n.nodeType===1){if(n.hasAttributes())for(let m of n.getAttributeNames())if(m.endsWith(ze)){let v=u[a++],w=n.getAttribute(m).split(M),E=/([.?@])?(.*)/.exec(v);l.push({type:1,index:r,name:E[2],strings:w,ctor:E[1]==="."?ue:E[1]==="?"?me:E[1]==="@"?fe:G}),n.removeAttribute(m)}else m.startsWith(M)&&(l.push({type:6,index:r}),n.removeAttribute(m));if(qe.test(n.tagName)){let m=n.textContent.split(M),v=m.length-1;if(v>0){n.textContent=le?le.emptyScript:"";for(let w=0;w<v;w++)n.append(m[w],V()),j.nextNode(),l.push({type:2,index:++r});n.append(m[v],V())}}}else if(n.nodeType===8)if(n.data===De)l.push({type:2,index:r});else{let m=-1;for(;(m=n.data.indexOf(M,m+1))!==-1;)l.push({type:7,index:r}),m+=M.length-1}r++}}static createElement(t,e){let s=z.createElement("template");return s.innerHTML=t,s}};function W(i,t,e=i,s){if(t===D)return t;let n=s!==void 0?e._$Co?.[s]:e._$Cl,r=ee(t)?void 0:t._$litDirective$;return n?.constructor!==r&&(n?._$AO?.(!1),r===void 0?n=void 0:(n=new r(i),n._$AT(i,e,s)),s!==void 0?(e._$Co??=[])[s]=n:e._$Cl=n),n!==void 0&&(t=W(i,n._$AS(i,t.values),n,s)),t}var pe=class{constructor(t,e){this._$AV=[],this._$AN=void 0,this._$AD=t,this._$AM=e}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(t){let{el:{content:e},parts:s}=this._$AD,n=(t?.creationScope??z).importNode(e,!0);j.currentNode=n;let r=j.nextNode(),a=0,h=0,l=s[0];for(;l!==void 0;){if(a===l.index){let c;l.type===2?c=new se(r,r.nextSibling,this,t):l.type===1?c=new l.ctor(r,l.name,l.strings,this,t):l.type===6&&(c=new ge(r,this,t)),this._$AV.push(c),l=s[++h]}a!==l?.index&&(r=j.nextNode(),a++)}return j.currentNode=z,n}p(t){let e=0;for(let s of this._$AV)s!==void 0&&(s.strings!==void 0?(s._$AI(t,s,e),e+=s.strings.length-2):s._$AI(t[e])),e++}},se=class i{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(t,e,s,n){this.type=2,this._$AH=d,this._$AN=void 0,this._$AA=t,this._$AB=e,this._$AM=s,this.options=n,this._$Cv=n?.isConnected??!0}get parentNode(){let t=this._$AA.parentNode,e=this._$AM;return e!==void 0&&t?.nodeType===11&&(t=e.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(t,e=this){t=W(this,t,e),ee(t)?t===d||t==null||t===""?(this._$AH!==d&&this._$AR(),this._$AH=d):t!==this._$AH&&t!==D&&this._(t):t._$litType$!==void 0?this.$(t):t.nodeType!==void 0?this.T(t):ct(t)?this.k(t):this._(t)}O(t){return this._$AA.parentNode.insertBefore(t,this._$AB)}T(t){this._$AH!==t&&(this._$AR(),this._$AH=this.O(t))}_(t){this._$AH!==d&&ee(this._$AH)?this._$AA.nextSibling.data=t:this.T(z.createTextNode(t)),this._$AH=t}$(t){let{values:e,_$litType$:s}=t,n=typeof s=="number"?this._$AC(t):(s.el===void 0&&(s.el=te.createElement(Ie(s.h,s.h[0]),this.options)),s);if(this._$AH?._$AD===n)this._$AH.p(e);else{let r=new pe(n,this),a=r.u(this.options);r.p(e),this.T(a),this._$AH=r}}_$AC(t){let e=je.get(t.strings);return e===void 0&&je.set(t.strings,e=new te(t)),e}k(t){ve(this._$AH)||(this._$AH=[],this._$AR());let e=this._$AH,s,n=0;for(let r of t)n===e.length?e.push(s=new i(this.O(V()),this.O(V()),this,this.options)):s=e[n],s._$AI(r),n++;n<e.length&&(this._$AR(s&&s._$AB.nextSibling,n),e.length=n)}_$AR(t=this._$AA.nextSibling,e){for(this._$AP?.(!1,!0,e);t!==this._$AB;){let s=Me(t).nextSibling;Me(t).remove(),t=s}}setConnected(t){this._$AM===void 0&&(this._$Cv=t,this._$AP?.(t))}},G=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(t,e,s,n,r){this.type=1,this._$AH=d,this._$AN=void 0,this.element=t,this.name=e,this._$AM=n,this.options=r,s.length>2||s[0]!==""||s[1]!==""?(this._$AH=Array(s.length-1).fill(new String),this.strings=s):this._$AH=d}_$AI(t,e=this,s,n){let r=this.strings,a=!1;if(r===void 0)t=W(this,t,e,0),a=!ee(t)||t!==this._$AH&&t!==D,a&&(this._$AH=t);else{let h=t,l,c;for(t=r[0],l=0;l<r.length-1;l++)c=W(this,h[s+l],e,l),c===D&&(c=this._$AH[l]),a||=!ee(c)||c!==this._$AH[l],c===d?t=d:t!==d&&(t+=(c??"")+r[l+1]),this._$AH[l]=c}a&&!n&&this.j(t)}j(t){t===d?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,t??"")}},ue=class extends G{constructor(){super(...arguments),this.type=3}j(t){this.element[this.name]=t===d?void 0:t}},me=class extends G{constructor(){super(...arguments),this.type=4}j(t){this.element.toggleAttribute(this.name,!!t&&t!==d)}},fe=class extends G{constructor(t,e,s,n,r){super(t,e,s,n,r),this.type=5}_$AI(t,e=this){if((t=W(this,t,e,0)??d)===D)return;let s=this._$AH,n=t===d&&s!==d||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive,r=t!==d&&(s===d||n);n&&this.element.removeEventListener(this.name,this,s),r&&this.element.addEventListener(this.name,this,t),this._$AH=t}handleEvent(t){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)}},ge=class{constructor(t,e,s){this.element=t,this.type=6,this._$AN=void 0,this._$AM=e,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(t){W(this,t)}};var ut=$e.litHtmlPolyfillSupport;ut?.(te,se),($e.litHtmlVersions??=[]).push("3.3.3");var Be=(i,t,e)=>{let s=e?.renderBefore??t,n=s._$litPart$;if(n===void 0){let r=e?.renderBefore??null;s._$litPart$=n=new se(t.insertBefore(V(),r),r,void 0,e??{})}return n._$AI(i),n};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var ye=globalThis,$=class extends S{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let t=super.createRenderRoot();return this.renderOptions.renderBefore??=t.firstChild,t}update(t){let e=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(t),this._$Do=Be(e,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return D}};$._$litElement$=!0,$.finalized=!0,ye.litElementHydrateSupport?.({LitElement:$});var mt=ye.litElementPolyfillSupport;mt?.({LitElement:$});(ye.litElementVersions??=[]).push("4.2.2");/**
 * @license
 * Copyright 2022 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var x=i=>(t,e)=>{e!==void 0?e.addInitializer(()=>{customElements.define(i,t)}):customElements.define(i,t)};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var ft={attribute:!0,type:String,converter:Z,reflect:!1,hasChanged:oe},gt=(i=ft,t,e)=>{let{kind:s,metadata:n}=e,r=globalThis.litPropertyMetadata.get(n);if(r===void 0&&globalThis.litPropertyMetadata.set(n,r=new Map),s==="setter"&&((i=Object.create(i)).wrapped=!0),r.set(e.name,i),s==="accessor"){let{name:a}=e;return{set(h){let l=t.get.call(this);t.set.call(this,h),this.requestUpdate(a,l,i,!0,h)},init(h){return h!==void 0&&this.C(a,void 0,i,h),h}}}if(s==="setter"){let{name:a}=e;return function(h){let l=this[a];t.call(this,h),this.requestUpdate(a,l,i,!0,h)}}throw Error("Unsupported decorator location: "+s)};function f(i){return(t,e)=>typeof e=="object"?gt(i,t,e):((s,n,r)=>{let a=n.hasOwnProperty(r);return n.constructor.createProperty(r,s),a?Object.getOwnPropertyDescriptor(n,r):void 0})(i,t,e)}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */function _(i){return f({...i,state:!0,attribute:!1})}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var q=(i,t,e)=>(e.configurable=!0,e.enumerable=!0,Reflect.decorate&&typeof t!="object"&&Object.defineProperty(i,t,e),e);/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */function we(i,t){return(e,s,n)=>{let r=a=>a.renderRoot?.querySelector(i)??null;if(t){let{get:a,set:h}=typeof s=="object"?e:n??(()=>{let l=Symbol();return{get(){return this[l]},set(c){this[l]=c}}})();return q(e,s,{get(){let l=a.call(this);return l===void 0&&(l=r(this),(l!==null||this.hasUpdated)&&h.call(this,l)),l}})}return q(e,s,{get(){return r(this)}})}}/**
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
`;var I=class extends ${constructor(){super(...arguments);this.run=[]}updated(){let e=this.renderRoot.querySelector("section > ol"),s=this.renderRoot.querySelector('[aria-current="step"]');e.scrollHeight>e.clientHeight&&(e.scrollTop=s.offsetTop-e.offsetTop-e.clientHeight/2)}render(){return o`<section aria-labelledby="run">
      <h2 id="run">The run, and where you have been</h2>
      <ol>${this.line(this.walk.root)}${this.below(this.walk.root)}</ol>
    </section>`}below(e){let s=[];for(let n=e;n.children.size>0;){let r=this.on(n)?this.run[n.run.length]:void 0,a=n.children.get(r??n.last??-1)??[...n.children.values()][0],h=[...n.children.values()].filter(l=>l!==a);s.push(...h.map(l=>o`<li><ol>${this.line(l)}${this.below(l)}</ol></li>`),this.line(a)),n=a}return s}line(e){let{length:s}=e.run,n=this.on(e)&&s===this.run.length;return o`<li>
      <button class=${this.on(e)?"":"off"} aria-current=${n?"step":"false"} @click=${()=>this.go(e)}>
        <span class="number">${s}</span><span>${s?e.said:"the start"}</span>
      </button>
    </li>`}on(e){return e.run.length<=this.run.length&&e.run.every((s,n)=>s===this.run[n])}go(e){this.dispatchEvent(new CustomEvent("go",{detail:e}))}};I.styles=[A,y`
      :host { display: block; }
      ol { list-style: none; margin: 0; padding: 0; }
      section > ol { max-height: 50vh; overflow: auto; }
      ol ol { margin-left: 0.9rem; border-left: 1px solid var(--faint); padding-left: 0.5rem; }
      button { display: grid; grid-template-columns: 2rem minmax(0, 1fr); width: 100%; border: 0; border-left: 3px solid transparent; border-radius: 0; text-align: left; padding: 0.1rem 0.3rem; overflow-wrap: anywhere; }
      button:hover { background: var(--hover); }
      button[aria-current="step"] { border-color: var(--accent); background: var(--hover); }
      .off { color: var(--dim); }
      .number { color: var(--dim); font: 12px/1.8 var(--mono); }
    `],p([f({attribute:!1})],I.prototype,"walk",2),p([f({attribute:!1})],I.prototype,"run",2),I=p([x("x-branches")],I);var We={tuple:["(",")"],set:["{","}"],bag:["[","]"],map:["{","}"]};function g(i){if("text"in i)return i.text;if("fields"in i)return`${i.name}(${i.fields.map(([,s])=>g(s)).join(", ")})`;if(i.kind==="map")return`{${i.entries.map(([s,n])=>`${g(s)}: ${g(n)}`).join(", ")}}`;let[t,e]=We[i.kind];return`${t}${i.items.map(g).join(", ")}${i.kind==="tuple"&&i.items.length===1?",":""}${e}`}function O(i,t=null,e="new"){let s=(a,h)=>xe(a.map(([l,c])=>{let u=h?.get(l)??null;return o`<span class="dim">${l.replaceAll("_"," ")}:</span> ${u===null?g(c):N(c,u,e)}`}));if(!("fields"in i)||i.fields.length===0)return t===null?g(i):N(i,t,e);let n=t!==null&&"fields"in t&&t.name===i.name?new Map(t.fields):null,r=o`${i.name}(${s(i.fields,n)})`;return t===null||n!==null?r:e==="new"?o`<ins>${r}</ins>`:o`<del>${r}</del>`}function N(i,t,e){if(t!==null&&g(i)===g(t))return o`<span class="same">${g(i)}</span>`;if(t!==null&&"fields"in i&&"fields"in t&&i.name===t.name){let s=new Map(t.fields);return o`${i.name}(${xe(i.fields.map(([n,r])=>N(r,s.get(n)??null,e)))})`}if(t!==null&&"kind"in i&&"kind"in t&&i.kind===t.kind){let[s,n]=We[i.kind];return o`${s}${xe($t(i,t,e))}${n}`}return ke(g(i),e)}function $t(i,t,e){if("entries"in i&&"entries"in t){let n=new Map(t.entries.map(([r,a])=>[g(r),a]));return i.entries.map(([r,a])=>{let h=n.get(g(r));return h?o`${g(r)}: ${N(a,h,e)}`:ke(`${g(r)}: ${g(a)}`,e)})}if(!("items"in i&&"items"in t))return[];if(i.kind==="tuple")return i.items.map((n,r)=>N(n,t.items[r]??null,e));let s=t.items.map(g);return i.items.map(n=>{let r=s.indexOf(g(n));return r<0?ke(g(n),e):(s.splice(r,1),g(n))})}function ke(i,t){return t==="new"?o`<ins>${i}</ins>`:o`<del>${i}</del>`}function xe(i){return o`${i.map((t,e)=>o`${e>0?", ":d}${t}`)}`}var vt={"false here":"✗","true here":"✓","reached here":"✓","about whole paths":"∞"},Ge=["false here","reached here","true here","not reached here","without a case here","about whole paths"],T=class extends ${constructor(){super(...arguments);this.sought=null;this.wanted=""}render(){let e=new Map(this.setting.clauses.map(r=>[r.id,r])),s=this.wanted.toLowerCase(),n=this.place.truths.flatMap(r=>{let a=e.get(r.clause);return a===void 0?[]:[{clause:a,truth:r}]}).filter(({clause:r,truth:a})=>[r.id,r.name,r.sentence,a.here].some(h=>h.toLowerCase().includes(s))).sort((r,a)=>Ge.indexOf(r.truth.here)-Ge.indexOf(a.truth.here));return o`<section aria-labelledby="clauses">
      <h2 id="clauses">What the clauses say here</h2>
      ${n.map(({clause:r,truth:a})=>this.row(r,a))}
      <p class="dim">Of this place alone: <code>concordant check ${this.setting.stem}</code> judges the system.</p>
    </section>`}row(e,s){let n=s.here==="false here"||s.here==="reached here";return o`<details data-clause=${e.id} ?open=${s.here==="false here"||this.sought?.clause===e.id}>
      <summary class="row">
        <span class=${s.tone==="open"?"dim":s.tone} aria-hidden="true">${vt[s.here]??"·"}</span>
        <span class="name">${e.name}</span>
        <span class="word ${s.tone==="open"?"dim":s.tone}">${s.here}</span>
      </summary>
      <div class="inside">
        <p>${e.sentence}</p>
        ${s.facts.length?o`<div class=${s.here==="false here"?"told":""}>${s.facts.map(r=>o`<p class="value">${r.name}: ${g(r.value)}</p>`)}</div>`:d}
        ${s.here==="about whole paths"?o`<p class="dim">It is about whole paths, and true or false in no one place: <code>concordant check</code> shows a lasso where it fails.</p>`:this.search(e,n)}
        ${e.argument?o`<details><summary>why it holds</summary><p class="argument">${e.argument}</p></details>`:d}
        ${e.pitfalls.length?o`<p class="dim">
              Broken by
              ${e.pitfalls.map((r,a)=>o`${a?", ":""}<a href="#${r}">${r}</a>`)}
            </p>`:d}
      </div>
    </details>`}search(e,s){let n=this.sought?.clause===e.id?this.sought.news:null,r=e.reached?"Find the nearest place where it is reached":"Find the nearest place where it is false",a=this.sought!==null&&this.sought.since!==this.place.link;return o`<div class="searching">
      ${s?d:o`<button @click=${()=>this.send("seek",e.id)} ?disabled=${n?.state==="running"}>${r}</button>`}
      ${n===null?d:o`<span>${n.says}${a&&n.state!=="running"?" (from where the search began)":""}</span>`}
      ${n?.state==="running"?o`<button @click=${()=>this.send("stop",n.id)}>Stop</button>`:d}
      ${n?.link&&n.link!==this.place.link?o`<a href="#${n.link}">go there</a>`:d}
    </div>`}send(e,s){this.dispatchEvent(new CustomEvent(e,{detail:s}))}};T.styles=[A,y`
      :host { display: block; }
      details { border-bottom: 1px solid var(--faint); }
      details details { border: 0; }
      details details summary { display: list-item; color: var(--dim); font-size: 0.9em; }
      .row { display: grid; grid-template-columns: 1.2rem minmax(0, 1fr) max-content; gap: 0.3rem; padding: 0.2rem 0; align-items: baseline; }
      .row::-webkit-details-marker { display: none; }
      .name { overflow-wrap: anywhere; }
      .word { font-size: 0.85em; }
      .inside { padding: 0.1rem 0 0.6rem 1.5rem; }
      .argument { white-space: pre-line; color: var(--dim); font-size: 0.9em; }
      .told { border-left: 3px solid var(--bad); padding: 0.1rem 0.7rem; }
      .searching { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: baseline; margin: 0.3rem 0; }
    `],p([f({attribute:!1})],T.prototype,"setting",2),p([f({attribute:!1})],T.prototype,"place",2),p([f({attribute:!1})],T.prototype,"sought",2),p([f()],T.prototype,"wanted",2),T=p([x("x-clauses")],T);var K=class extends ${render(){let{in_flight:t,calls:e,history:s}=this.place;return o`<section aria-label="messages, calls and history">
      <h2>In flight</h2>
      ${t.length===0?o`<p class="dim">nothing</p>`:d}
      <dl>
        ${t.map(n=>o`<dt>${n.source} → ${n.to}</dt>
            <dd class="value">${n.messages.map(r=>o`<div>${g(r)}</div>`)}</dd>`)}
      </dl>
      ${e.length?o`<h2>Waiting for an answer</h2>${e.map(n=>o`<p class="value">${n.user} asks ${n.at}</p>`)}`:d}
      <details>
        <summary>What the clauses remember</summary>
        <p class="value">${O(s)}</p>
      </details>
    </section>`}};K.styles=[A,y`
      :host { display: block; }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 0.8rem; margin: 0; }
      dt { font: 600 13px/1.5 var(--mono); }
      dd { margin: 0; }
      h2:not(:first-child) { margin-top: 1rem; }
      details { margin-top: 0.8rem; }
      @media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding: 0 0 0.35rem 0.7rem; } }
    `],p([f({attribute:!1})],K.prototype,"place",2),K=p([x("x-flight")],K);var H=class extends ${constructor(){super(...arguments);this.wanted="";this.near=!1}render(){let{options:e}=this.place,s=this.wanted.toLowerCase(),n=e.filter(l=>[l.said,...l.comes].some(c=>c.toLowerCase().includes(s))),r=n.filter(l=>!l.fault),a=n.filter(l=>l.fault),h=l=>n.indexOf(l);return o`<section aria-labelledby="moves" @focusout=${()=>this.look(null)} @mouseleave=${()=>this.look(null)}>
      <h2 id="moves">What can be done</h2>
      ${e.length===0?o`<p>No move can be made: nothing more happens.</p>`:d}
      ${e.length>n.length?o`<p class="dim">${n.length} of ${e.length} fit the filter</p>`:d}
      ${bt(r).map(([l,c])=>o`<h3>${l}</h3><ul>${c.map(u=>this.move(u,h(u)))}</ul>`)}
      ${this.left(a.length>0)}
      <ul>${a.map(l=>this.move(l,h(l)))}</ul>
      <details ?open=${this.near} @toggle=${this.toggled}>
        <summary>${this.place.near.length} ${this.place.near.length===1?"move":"moves"} that cannot be made, and why not <kbd>n</kbd></summary>
        <ul>${this.place.near.map(l=>o`<li class="miss">${l.said} <span>${l.why}</span></li>`)}</ul>
      </details>
    </section>`}get buttons(){return[...this.renderRoot.querySelectorAll("button.move")]}left(e){let{left:s}=this.place;return s.length===0&&!e?d:o`<h3>
      Faults
      ${s.length?o`<span class="left">${s.map(n=>o`<span>${n.what}: ${n.left??"any number"} left</span>`)}</span>`:d}
    </h3>`}move(e,s){let n=s<9?`${s+1}`:"";return o`<li>
      <button
        class="move ${e.fault?"fault":""}"
        @click=${()=>this.take(e)}
        @mouseenter=${()=>this.look(e)}
        @focus=${()=>this.look(e)}
      >
        <span class="key">${n?o`<kbd aria-hidden="true">${n}</kbd>`:d}</span>
        <span class="said">
          ${e.said}
          <span class="comes">${e.comes.join("; ")}</span>
          ${e.says_no?o`<span class="no">${e.says_no}</span>`:d}
        </span>
      </button>
    </li>`}take(e){this.dispatchEvent(new CustomEvent("take",{detail:e.number}))}look(e){this.dispatchEvent(new CustomEvent("look",{detail:e}))}toggled(e){let{open:s}=e.target;s!==this.near&&this.dispatchEvent(new CustomEvent("near",{detail:s}))}};H.styles=[A,y`
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
    `],p([f({attribute:!1})],H.prototype,"place",2),p([f()],H.prototype,"wanted",2),p([f({type:Boolean})],H.prototype,"near",2),H=p([x("x-moves")],H);function bt(i){let t=new Map;for(let e of i)t.set(e.whose,[...t.get(e.whose)??[],e]);return[...t]}var yt=18,C=30,Ke=44,L=26,wt=40,kt=36,Fe=7.3,R=class extends ${constructor(){super(...arguments);this.at=0;this.labels=!1;this.labelled=!1;this.sized=new ResizeObserver(()=>this.fit())}render(){let{lanes:e,moves:s,left:n}=this.trace,a=this.left+e.length*this.width+(this.labelled?this.words:0),h=Ke+(s.length+(n.length?1.6:.8))*C,l=`Space-time diagram: ${e.length} participants, ${s.length} moves. The list of moves says the same in words.`;return o`<svg class="heads" width=${a} height=${L} viewBox="0 0 ${a} ${L}" aria-hidden="true">
      ${e.map((c,u)=>k`<text class="head" x=${this.x(u)} y="18">${c}</text>`)}
    </svg>
    <svg class="rows" width=${a} height=${h-L} viewBox="0 ${L} ${a} ${h-L}" role="img" aria-label=${l}>
      <defs>
        <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse" markerUnits="userSpaceOnUse">
          <path class="tip" d="M0 0 L8 4 L0 8 z"></path>
        </marker>
      </defs>
      ${e.map((c,u)=>this.lane(c,u,h))}
      ${s.map((c,u)=>this.move(c,u+1,a))}
      ${n.map(c=>this.waiting(c.source,c.to,c.sent,h))} ${this.loop()}
    </svg>`}get left(){return wt+(this.trace.acts===null&&this.trace.cycle===null?0:kt)}get width(){return yt+Fe*Math.max(6,...this.trace.lanes.map(e=>e.length))}get words(){return Fe*Math.max(0,...this.trace.moves.map(e=>e.row.label.length))}x(e){return this.left+(e+.5)*this.width}y(e){return Ke+(e-1)*C+C/2}place(e){return this.trace.lanes.indexOf(e)}lane(e,s,n){let r=this.trace.moves.map((h,l)=>({mark:h.row.mark,who:h.row.end,y:this.y(l+1)})).filter(({who:h,mark:l})=>h===e&&(l==="down"||l==="up")),a=[...r.map(({y:h})=>h),n-8];return a.map((h,l)=>{let c=r[l-1]?.mark==="down";return k`<line class="lane ${c?"is-down":""}" x1=${this.x(s)} x2=${this.x(s)} y1=${a[l-1]??26} y2=${h}></line>`})}move(e,s,n){let r=this.y(s),a=s===this.at?"here":s>this.at?"later":"";return k`<g class=${a} @click=${()=>this.choose(s)}>
      <title>${s}. ${e.said}</title>
      <rect class="band" x="0" y=${r-C/2} width=${n} height=${C}></rect>
      <text class="number" x="30" y=${r+4}>${s}</text>
      ${s===this.trace.acts?k`<text class="acts" x="46" y=${r+4}>◆</text>`:d}
      ${this.drawn(e,s)}
      ${this.labelled?k`<text class="label" x=${this.left+this.trace.lanes.length*this.width} y=${r+4}>${e.row.label}</text>`:d}
    </g>`}drawn(e,s){let{start:n,end:r,mark:a,sent:h,again:l}=e.row,c=this.x(this.place(r)),u=this.y(s);switch(a){case"inside":return k`<circle class="dot" cx=${c} cy=${u} r="4.5"></circle>`;case"down":return this.cross(c,u);case"up":return k`<path class="tip" d="M${c-6} ${u+5} L${c} ${u-6} L${c+6} ${u+5} z"></path>`;default:{let m=this.x(this.place(n)),v=h===null?u:this.y(h),w=a==="lost"?"is-lost":l?"again":h===null?"ask":"",E=(m+c)/2;if(a==="lost"){let Ee=(v+u)/2;return k`<line class="message ${w}" x1=${m} y1=${v} x2=${E} y2=${Ee}></line>${this.cross(E,Ee)}`}return m===c?k`<path class="message ${w}" marker-end="url(#tip)" d="M${c} ${v} C${c+34} ${v} ${c+34} ${u} ${c+5} ${u}"></path>`:k`<line class="message ${w}" marker-end="url(#tip)" x1=${m} y1=${v} x2=${c} y2=${u}></line>`}}}waiting(e,s,n,r){let[a,h]=[this.place(e),this.place(s)];if(n===null||a<0||h<0)return d;let[l,c,u,m]=[this.x(a),this.x(h),this.y(n),r-14],[v,w]=[l+(c-l)*.8,u+(m-u)*.8],E=this.at<this.trace.moves.length?"later":"";return k`<line class="message in-flight ${E}" x1=${l} y1=${u} x2=${v} y2=${w}></line><circle class="ring ${E}" cx=${v} cy=${w} r="4"></circle>`}loop(){let{cycle:e,moves:s}=this.trace;if(e===null||e===0)return d;let[n,r]=[this.y(s.length-e+1),this.y(s.length)];return k`<path class="repeats" marker-end="url(#tip)" d="M14 ${r} H6 V${n} H16"><title>repeated for ever</title></path>`}cross(e,s){return k`<path class="cross" d="M${e-5} ${s-5} L${e+5} ${s+5} M${e+5} ${s-5} L${e-5} ${s+5}"></path>`}connectedCallback(){super.connectedCallback(),this.sized.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.sized.disconnect()}fit(){this.labelled=this.labels&&this.left+this.trace.lanes.length*this.width+this.words<=this.clientWidth}updated(){this.fit();let e=this.y(Math.max(1,this.at))-L;this.clientHeight>0&&this.scrollHeight>this.clientHeight&&(e-C<this.scrollTop?this.scrollTop=e-C:e+2*C+L>this.scrollTop+this.clientHeight&&(this.scrollTop=e+2*C+L-this.clientHeight))}choose(e){this.dispatchEvent(new CustomEvent("step",{detail:e,bubbles:!0,composed:!0}))}};R.styles=y`
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
    .repeats { fill: none; stroke: var(--ink); stroke-width: 1.5; }
    @media print { .later { opacity: 1; } }
  `,p([f({attribute:!1})],R.prototype,"trace",2),p([f({type:Number})],R.prototype,"at",2),p([f({type:Boolean})],R.prototype,"labels",2),p([_()],R.prototype,"labelled",2),R=p([x("c-spacetime")],R);var P=class extends ${constructor(){super(...arguments);this.looked=null;this.changed=!1;this.views=!1}render(){let{processes:e}=this.place,s=this.changed?e.filter(r=>this.has(r)):e,n=e.length-s.length;return o`<section aria-labelledby="state">
      <h2 id="state">State${this.looked===null?"":o` <span class="dim">if that move were made</span>`}</h2>
      <dl>${s.map(r=>this.process(r))}</dl>
      ${n?o`<p class="dim">${n} unchanged ${n===1?"is":"are"} hidden</p>`:d}
      <div class="toggles">
        <label><input type="checkbox" .checked=${this.changed} @change=${()=>this.toggle("changed")} /> only what changed <kbd>d</kbd></label>
        <label><input type="checkbox" .checked=${this.views} @change=${()=>this.toggle("views")} /> what is seen from outside <kbd>v</kbd></label>
      </div>
    </section>`}has(e){return this.looked===null?e.before!==null:this.looked.changes.some(s=>s.who===e.who)}process(e){let s=this.looked===null?null:xt(e,this.looked.changes),n=s!==null?o`${O(e.state,s,"old")} → ${O(s,e.state,"new")}`:e.before!==null&&this.looked===null?O(e.state,e.before,"new"):O(e.state),r=s!==null?"would":e.before!==null&&this.looked===null?"moved":"";return o`<dt class=${r}>${e.who}${e.up?d:o` <span class="down">down</span>`}</dt>
      <dd class="value">
        ${n} ${this.views?o`<div class="seen">from outside: ${O(e.view)}</div>`:d}
      </dd>`}toggle(e){this.dispatchEvent(new CustomEvent("toggle",{detail:e}))}};P.styles=[A,y`
      :host { display: block; }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 0.8rem; margin: 0; }
      dt { font: 600 13px/1.5 var(--mono); padding: 0.15rem 0 0.15rem 0.5rem; border-left: 3px solid transparent; }
      dd { margin: 0; padding: 0.15rem 0; }
      dt.moved { border-color: var(--accent); }
      dt.would { border-left-style: dashed; border-color: var(--accent); }
      .down { color: var(--bad); font-weight: 600; }
      .seen { color: var(--dim); }
      .toggles { display: flex; flex-wrap: wrap; gap: 0 1rem; font-size: 0.9em; color: var(--dim); }
      label { display: inline-flex; gap: 0.3rem; align-items: center; cursor: pointer; }
      @media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding: 0 0 0.35rem 0.7rem; } }
    `],p([f({attribute:!1})],P.prototype,"place",2),p([f({attribute:!1})],P.prototype,"looked",2),p([f({type:Boolean})],P.prototype,"changed",2),p([f({type:Boolean})],P.prototype,"views",2),P=p([x("x-state")],P);function xt(i,t){let e=t.filter(n=>n.who===i.who);if(e.length===0)return null;let s=i.state;for(let n of e)n.field===""?s=n.after:"fields"in s&&(s={...s,fields:s.fields.map(([r,a])=>[r,r===n.field?n.after:a])});return s}var B=class extends Error{constructor(e,s){super(s);this.status=e}};async function F(i,t,e={}){let s;try{s=await fetch(`${i}?${new URLSearchParams(t)}`,e)}catch{throw new B(0,"the server of this page does not answer: start concordant explore again")}let n=await s.json().catch(()=>({error:`the server answered ${s.status}`}));if(!s.ok)throw new B(s.status,n.error??`the server answered ${s.status}`);return n}var Ye=i=>i?{at:i}:{},_e=i=>F("/api/setting",Ye(i)),ne=(i,{back:t=0,take:e=null}={})=>F("/api/place",{...Ye(i),...t?{back:`${t}`}:{},...e===null?{}:{take:`${e}`}}),Je=(i,t)=>F("/api/search",{at:i,clause:t},{method:"POST"}),Xe=i=>F(`/api/search/${i}`,{}),Ae=i=>F(`/api/search/${i}`,{},{method:"DELETE"}),Ze=i=>F("/api/trace",{},{method:"POST",body:i}),Qe=(i,t)=>`/api/file?${new URLSearchParams({at:i,format:t})}`;var Y=class{constructor(){this.root=Ve([],"")}visit(t){let e=this.root;t.run.forEach((s,n)=>{let r=e.children.get(s);r===void 0&&(r=Ve(t.run.slice(0,n+1),t.trace.moves[n]?.said??""),e.children.set(s,r)),e.last=s,e=r}),e.link=t.link}at(t){let e=this.root;for(let s of t)e=e?.children.get(s)??null;return e}way(t){let e=t;for(;e.link===null;)e=e.children.get(e.last??[...e.children.keys()][0]);return{at:e.link,back:e.run.length-t.run.length}}forward(t){let e=this.at(t);return e===null||e.last===null?null:e.children.get(e.last)??null}end(t){let e=this.forward(t);for(let s=e;s!==null;s=this.forward(s.run))e=s;return e}};function Ve(i,t){return{run:i,said:t,link:null,children:new Map,last:null}}var At=[["1 … 9","make that move"],["↑ ↓ or k j","from move to move; Enter makes it"],["← → or h l","back, and forward again"],["Home End","to the start; forward as far as you have been"],["d","only what changed"],["v","what is seen of each process from outside"],["n","what cannot be done, and why not"],["c","to the clauses"],["s","to the diagram"],["t","to the run and its branches"],["/","filter moves and clauses"],["y","copy the link to this place"],["?","these keys"]],Et=[["svg","picture (SVG)","run.svg"],["itf","trace to open again (ITF)","run.itf.json"],["mermaid","Mermaid","run.mmd"],["pytest","test for an implementation","test_run.py"]],St=300,b=class extends ${constructor(){super(...arguments);this.setting=null;this.place=null;this.drawn=null;this.looked=null;this.sought=null;this.changed=!1;this.views=!1;this.near=!1;this.wanted="";this.problem="";this.note="";this.walk=new Y;this.asked=0;this.followed=async()=>{let e=location.hash.slice(1);if(this.place!==null&&e===this.place.link)return;let s=e.split("&m=")[0],n=this.setting!==null&&this.place!==null&&s===this.place.link.split("&m=")[0];await this.load(async()=>{let r=await ne(e);return n||(this.setting=await _e(r.link),this.walk=new Y,this.drawn=null,document.title=`${this.setting.name}: Concordant`),r})};this.key=e=>{let s=e.composedPath()[0],n=s.matches?.("input:not([type=checkbox]), select, textarea")||this.help?.open;if(e.key==="Escape"&&s.matches?.("input[type=search]")&&(this.wanted="",s.blur()),n||e.altKey||e.ctrlKey||e.metaKey||this.place===null)return;let r=this.does(e.key);r!==null&&(e.preventDefault(),r())}}connectedCallback(){super.connectedCallback(),document.addEventListener("keydown",this.key),addEventListener("hashchange",this.followed),this.followed()}async load(e){this.asked+=1;let s=this.asked;try{let n=await e();s===this.asked&&this.show(n)}catch(n){if(!(n instanceof B))throw n;this.problem=n.message}}show(e){let s=this.moves?.renderRoot.querySelector(":focus")!==null&&this.moves!==null;this.walk.visit(e),this.place=e,this.looked=null,this.problem="",this.note="";let{drawn:n}=this;(!(n!==null&&e.run.every((a,h)=>n.run[h]===a))||e.run.length===n.run.length)&&(this.drawn={run:e.run,trace:e.trace}),location.hash.slice(1)!==e.link&&history.pushState(null,"",`#${e.link}`),s&&this.updateComplete.then(()=>this.focusMove(0))}go(e){if(e===null||this.place===null)return;let{at:s,back:n}=this.walk.way(e);this.load(()=>ne(s,{back:n}))}take(e){if(this.place===null)return;let{link:s}=this.place;this.load(()=>ne(s,{take:e}))}back(){this.go(this.place===null?null:this.walk.at(this.place.run.slice(0,-1)))}step(e){this.go(this.drawn===null?null:this.walk.at(this.drawn.run.slice(0,e)))}async seek(e){if(this.place===null)return;let s=this.place.link;this.sought?.news.state==="running"&&await Ae(this.sought.news.id).catch(()=>null);try{let n=await Je(s,e);for(;;){if(this.sought!==null&&this.sought.news.id!==n.id&&Number(this.sought.news.id)>Number(n.id))return;if(this.sought={clause:e,since:s,news:n},n.state!=="running")break;await new Promise(r=>setTimeout(r,St)),n=await Xe(n.id)}n.link&&this.place?.link===s&&await this.load(()=>ne(n.link)),this.note=n.says}catch(n){if(!(n instanceof B))throw n;this.problem=n.message}}async copy(){await navigator.clipboard.writeText(location.href).catch(()=>null),this.note="the link to this place is copied"}open(e){let s=e.target,n=s.files?.[0];s.value="",n!==void 0&&this.load(async()=>{let{departs:r,...a}=await Ze(n);return this.setting=await _e(a.link),this.walk=new Y,this.drawn=null,this.updateComplete.then(()=>this.note=r===null?"as saved":`it departs from what was saved: ${r}; it is shown as far as it goes`),a})}does(e){let{run:s}=this.place;return/^[1-9]$/.test(e)?()=>this.moves?.buttons[Number(e)-1]?.click():{ArrowLeft:()=>this.back(),ArrowRight:()=>this.go(this.walk.forward(s)),ArrowUp:()=>this.nextMove(-1),ArrowDown:()=>this.nextMove(1),Home:()=>this.go(s.length?this.walk.root:null),End:()=>this.go(this.walk.end(s)),d:()=>this.changed=!this.changed,v:()=>this.views=!this.views,n:()=>this.near=!this.near,c:()=>this.focusIn("x-clauses","summary"),s:()=>this.renderRoot.querySelector("c-spacetime")?.focus(),t:()=>this.focusIn("x-branches",'[aria-current="step"]'),"/":()=>this.renderRoot.querySelector("input[type=search]")?.focus(),y:()=>{this.copy()},"?":()=>this.help.showModal()}[{h:"ArrowLeft",l:"ArrowRight",k:"ArrowUp",j:"ArrowDown"}[e]??e]??null}nextMove(e){let s=this.moves?.buttons??[],n=s.findIndex(r=>r.matches(":focus"));this.focusMove(n<0?e>0?0:s.length-1:Math.max(0,Math.min(s.length-1,n+e)))}focusMove(e){this.moves?.buttons[e]?.focus()}focusIn(e,s){this.renderRoot.querySelector(e)?.renderRoot.querySelector(s)?.focus()}render(){if(this.place===null||this.setting===null)return o`<main>${this.troubled()}${this.problem?d:o`<p class="dim" role="status">Finding the run …</p>`}</main>`;let{place:e,setting:s}=this;return o`<main>
      <header>
        <h1>${s.name}${s.scope?o` <span class="dim">${s.scope}</span>`:d}</h1>
        ${this.elsewhere(s)}
        <p>${s.shows}</p>
      </header>
      ${this.bar(e)} ${this.troubled()} ${this.last(e)} ${this.telling(e,s)}
      <div class="columns">
        <div class="a">
          <x-state
            .place=${e}
            .looked=${this.looked}
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
            .setting=${s}
            .place=${e}
            .sought=${this.sought}
            .wanted=${this.wanted}
            @seek=${n=>{this.seek(n.detail)}}
            @stop=${n=>{Ae(n.detail)}}
          ></x-clauses>
        </div>
      </div>
      ${this.keys()}
    </main>`}elsewhere(e){let s=[["scopes",e.scopes,n=>`${e.stem}?scope=${encodeURIComponent(n)}`],["situations",e.situations,n=>n],["mistakes",e.pitfalls,n=>n]];return o`<label class="dim">
      Look at
      <select @change=${this.chosen} aria-label="look at another scope, situation or mistake of ${e.stem}">
        <option value="">another scope, situation or mistake …</option>
        ${s.map(([n,r,a])=>o`<optgroup label=${n}>${r.map(h=>o`<option value=${a(h.name)} title=${h.says}>${h.name}</option>`)}</optgroup>`)}
      </select>
    </label>`}chosen(e){let s=e.target;s.value&&(location.hash=s.value),s.value=""}bar(e){let s=this.walk.forward(e.run);return o`<nav class="bar" aria-label="the run">
      <button @click=${()=>this.go(this.walk.root)} ?disabled=${e.run.length===0} aria-label="to the start">|◀</button>
      <button @click=${()=>this.back()} ?disabled=${e.run.length===0} aria-label="back">◀</button>
      <button @click=${()=>this.go(s)} ?disabled=${s===null} aria-label="forward">▶</button>
      <button @click=${()=>this.go(this.walk.end(e.run))} ?disabled=${s===null} aria-label="forward as far as you have been">▶|</button>
      <span>${e.run.length===0?"at the start":`after ${e.run.length} ${e.run.length===1?"move":"moves"}`}</span>
      <span class="space"></span>
      <input type="search" placeholder="filter" aria-label="filter moves and clauses" .value=${this.wanted} @input=${n=>this.wanted=n.target.value} />
      <button @click=${()=>{this.copy()}}>Copy link</button>
      <details class="menu">
        <summary>Save</summary>
        <div>
          ${e.run.length?Et.map(([n,r,a])=>o`<a href=${Qe(e.link,n)} download=${a}>${r}</a>`):o`<span class="dim">no move has been made</span>`}
        </div>
      </details>
      <span><input class="file" id="file" type="file" accept=".json,application/json" @change=${this.open} /><label class="button" for="file">Open</label></span>
      <button @click=${()=>this.help.showModal()} aria-label="keys">?</button>
    </nav>`}troubled(){if(!this.problem)return d;let e=location.hash.slice(1).split("?")[0];return o`<div class="problem" role="alert">
      <p>${this.problem}</p>
      ${e&&this.place===null?o`<p><a href="#${e}" @click=${()=>this.forget()}>begin anew: ${decodeURIComponent(e)}</a></p>`:d}
    </div>`}forget(){this.problem=""}last(e){let s=e.trace.moves.at(-1);return o`<div class="last" role="status" aria-live="polite">
      ${s===void 0?o`<p>No move has been made yet.</p>`:o`<p><strong>${s.said}</strong></p>
            ${s.effects.map(n=>o`<p class="effect">${n}</p>`)} ${s.changes.map(Tt)}`}
      ${this.note?o`<p class="dim">${this.note}</p>`:d}
    </div>`}telling(e,s){let n=new Map(s.clauses.map(r=>[r.id,r]));return e.truths.filter(r=>r.here==="false here").map(r=>o`<div class="told" role="status"><strong class="bad">✗ false here: ${n.get(r.clause)?.name}</strong> ${n.get(r.clause)?.sentence}</div>`)}picture(e){let{trace:s}=this.drawn??e;return o`<section aria-labelledby="picture">
      <h2 id="picture">The run as a picture</h2>
      ${s.moves.length===0?o`<p class="dim">It is drawn once a move has been made.</p>`:o`<c-spacetime
              tabindex="0"
              labels
              .trace=${s}
              .at=${e.run.length}
              @step=${n=>this.step(n.detail)}
            ></c-spacetime>
            ${s.lasso?o`<p>${s.lasso}</p>`:d}
            ${s.instead.length?o`<div class="acts">${s.instead.map((n,r)=>o`<p>${r===0?`move ${s.acts}: ${n}`:n}</p>`)}</div>`:d}
            <p class="legend">${s.legend.map(n=>o`<span>${n}</span>`)}</p>
            ${s.notation.map(n=>o`<p class="legend">${n}</p>`)}`}
    </section>`}keys(){return o`<dialog aria-labelledby="keys" @click=${e=>e.target===this.help&&this.help.close()}>
      <h2 id="keys">Keys</h2>
      <dl>${At.map(([e,s])=>o`<dt><kbd>${e}</kbd></dt><dd>${s}</dd>`)}</dl>
      <button @click=${()=>this.help.close()}>Close</button>
    </dialog>`}};b.styles=[A,y`
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
      .legend { color: var(--dim); font-size: 0.85em; }
      .legend span { display: inline-block; margin-right: 1.2em; }
      dialog { color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 6px; max-width: 32rem; }
      dialog dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1rem; margin: 0.5rem 0; }
      dialog dd { margin: 0; }
      @media (min-width: 100rem) { .columns { grid-template: "a b c" / minmax(0, 5fr) minmax(0, 6fr) minmax(0, 5fr); } }
      @media (max-width: 60rem) { .columns { grid-template: "a" "b" "c" / minmax(0, 1fr); } c-spacetime { max-height: 70vh; } }
      @media (max-width: 40rem) { .bar { position: static; } .menu > div { right: auto; left: 0; } .bar .space { display: none; } }
    `],p([_()],b.prototype,"setting",2),p([_()],b.prototype,"place",2),p([_()],b.prototype,"drawn",2),p([_()],b.prototype,"looked",2),p([_()],b.prototype,"sought",2),p([_()],b.prototype,"changed",2),p([_()],b.prototype,"views",2),p([_()],b.prototype,"near",2),p([_()],b.prototype,"wanted",2),p([_()],b.prototype,"problem",2),p([_()],b.prototype,"note",2),p([we("x-moves")],b.prototype,"moves",2),p([we("dialog")],b.prototype,"help",2),b=p([x("x-explorer")],b);function Tt(i){let t=i.field?`${i.who}.${i.field}`:i.who;return o`<p class="value">${t}: ${N(i.before,i.after,"old")} → ${N(i.after,i.before,"new")}</p>`}document.body.append(document.createElement("x-explorer"));})();
