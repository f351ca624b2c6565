"use strict";(()=>{var jt=Object.defineProperty;var zt=Object.getOwnPropertyDescriptor;var $=(i,t,e,s)=>{for(var r=s>1?void 0:s?zt(t,e):t,o=i.length-1,n;o>=0;o--)(n=i[o])&&(r=(s?n(t,e,r):n(r))||r);return s&&r&&jt(t,e,r),r};/**
 * @license
 * Copyright 2019 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var J=globalThis,V=J.ShadowRoot&&(J.ShadyCSS===void 0||J.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,tt=Symbol(),ft=new WeakMap,j=class{constructor(t,e,s){if(this._$cssResult$=!0,s!==tt)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=t,this.t=e}get styleSheet(){let t=this.o,e=this.t;if(V&&t===void 0){let s=e!==void 0&&e.length===1;s&&(t=ft.get(e)),t===void 0&&((this.o=t=new CSSStyleSheet).replaceSync(this.cssText),s&&ft.set(e,t))}return t}toString(){return this.cssText}},gt=i=>new j(typeof i=="string"?i:i+"",void 0,tt),w=(i,...t)=>{let e=i.length===1?i[0]:t.reduce((s,r,o)=>s+(n=>{if(n._$cssResult$===!0)return n.cssText;if(typeof n=="number")return n;throw Error("Value passed to 'css' function must be a 'css' function result: "+n+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(r)+i[o+1],i[0]);return new j(e,i,tt)},vt=(i,t)=>{if(V)i.adoptedStyleSheets=t.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let e of t){let s=document.createElement("style"),r=J.litNonce;r!==void 0&&s.setAttribute("nonce",r),s.textContent=e.cssText,i.appendChild(s)}},et=V?i=>i:i=>i instanceof CSSStyleSheet?(t=>{let e="";for(let s of t.cssRules)e+=s.cssText;return gt(e)})(i):i;/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var{is:qt,defineProperty:Dt,getOwnPropertyDescriptor:Bt,getOwnPropertyNames:It,getOwnPropertySymbols:Kt,getPrototypeOf:Wt}=Object,X=globalThis,yt=X.trustedTypes,Gt=yt?yt.emptyScript:"",Ft=X.reactiveElementPolyfillSupport,z=(i,t)=>i,q={toAttribute(i,t){switch(t){case Boolean:i=i?Gt:null;break;case Object:case Array:i=i==null?i:JSON.stringify(i)}return i},fromAttribute(i,t){let e=i;switch(t){case Boolean:e=i!==null;break;case Number:e=i===null?null:Number(i);break;case Object:case Array:try{e=JSON.parse(i)}catch{e=null}}return e}},Y=(i,t)=>!qt(i,t),bt={attribute:!0,type:String,converter:q,reflect:!1,useDefault:!1,hasChanged:Y};Symbol.metadata??=Symbol("metadata"),X.litPropertyMetadata??=new WeakMap;var _=class extends HTMLElement{static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(t,e=bt){if(e.state&&(e.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(t)&&((e=Object.create(e)).wrapped=!0),this.elementProperties.set(t,e),!e.noAccessor){let s=Symbol(),r=this.getPropertyDescriptor(t,s,e);r!==void 0&&Dt(this.prototype,t,r)}}static getPropertyDescriptor(t,e,s){let{get:r,set:o}=Bt(this.prototype,t)??{get(){return this[e]},set(n){this[e]=n}};return{get:r,set(n){let l=r?.call(this);o?.call(this,n),this.requestUpdate(t,l,s)},configurable:!0,enumerable:!0}}static getPropertyOptions(t){return this.elementProperties.get(t)??bt}static _$Ei(){if(this.hasOwnProperty(z("elementProperties")))return;let t=Wt(this);t.finalize(),t.l!==void 0&&(this.l=[...t.l]),this.elementProperties=new Map(t.elementProperties)}static finalize(){if(this.hasOwnProperty(z("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(z("properties"))){let e=this.properties,s=[...It(e),...Kt(e)];for(let r of s)this.createProperty(r,e[r])}let t=this[Symbol.metadata];if(t!==null){let e=litPropertyMetadata.get(t);if(e!==void 0)for(let[s,r]of e)this.elementProperties.set(s,r)}this._$Eh=new Map;for(let[e,s]of this.elementProperties){let r=this._$Eu(e,s);r!==void 0&&this._$Eh.set(r,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(t){let e=[];if(Array.isArray(t)){let s=new Set(t.flat(1/0).reverse());for(let r of s)e.unshift(et(r))}else t!==void 0&&e.push(et(t));return e}static _$Eu(t,e){let s=e.attribute;return s===!1?void 0:typeof s=="string"?s:typeof t=="string"?t.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(t=>this.enableUpdating=t),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(t=>t(this))}addController(t){(this._$EO??=new Set).add(t),this.renderRoot!==void 0&&this.isConnected&&t.hostConnected?.()}removeController(t){this._$EO?.delete(t)}_$E_(){let t=new Map,e=this.constructor.elementProperties;for(let s of e.keys())this.hasOwnProperty(s)&&(t.set(s,this[s]),delete this[s]);t.size>0&&(this._$Ep=t)}createRenderRoot(){let t=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return vt(t,this.constructor.elementStyles),t}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(t=>t.hostConnected?.())}enableUpdating(t){}disconnectedCallback(){this._$EO?.forEach(t=>t.hostDisconnected?.())}attributeChangedCallback(t,e,s){this._$AK(t,s)}_$ET(t,e){let s=this.constructor.elementProperties.get(t),r=this.constructor._$Eu(t,s);if(r!==void 0&&s.reflect===!0){let o=(s.converter?.toAttribute!==void 0?s.converter:q).toAttribute(e,s.type);this._$Em=t,o==null?this.removeAttribute(r):this.setAttribute(r,o),this._$Em=null}}_$AK(t,e){let s=this.constructor,r=s._$Eh.get(t);if(r!==void 0&&this._$Em!==r){let o=s.getPropertyOptions(r),n=typeof o.converter=="function"?{fromAttribute:o.converter}:o.converter?.fromAttribute!==void 0?o.converter:q;this._$Em=r;let l=n.fromAttribute(e,o.type);this[r]=l??this._$Ej?.get(r)??l,this._$Em=null}}requestUpdate(t,e,s,r=!1,o){if(t!==void 0){let n=this.constructor;if(r===!1&&(o=this[t]),s??=n.getPropertyOptions(t),!((s.hasChanged??Y)(o,e)||s.useDefault&&s.reflect&&o===this._$Ej?.get(t)&&!this.hasAttribute(n._$Eu(t,s))))return;this.C(t,e,s)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(t,e,{useDefault:s,reflect:r,wrapped:o},n){s&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,n??e??this[t]),o!==!0||n!==void 0)||(this._$AL.has(t)||(this.hasUpdated||s||(e=void 0),this._$AL.set(t,e)),r===!0&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let t=this.scheduleUpdate();return t!=null&&await t,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[r,o]of this._$Ep)this[r]=o;this._$Ep=void 0}let s=this.constructor.elementProperties;if(s.size>0)for(let[r,o]of s){let{wrapped:n}=o,l=this[r];n!==!0||this._$AL.has(r)||l===void 0||this.C(r,void 0,o,l)}}let t=!1,e=this._$AL;try{t=this.shouldUpdate(e),t?(this.willUpdate(e),this._$EO?.forEach(s=>s.hostUpdate?.()),this.update(e)):this._$EM()}catch(s){throw t=!1,this._$EM(),s}t&&this._$AE(e)}willUpdate(t){}_$AE(t){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(t)),this.updated(t)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(t){return!0}update(t){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(t){}firstUpdated(t){}};_.elementStyles=[],_.shadowRootOptions={mode:"open"},_[z("elementProperties")]=new Map,_[z("finalized")]=new Map,Ft?.({ReactiveElement:_}),(X.reactiveElementVersions??=[]).push("2.1.2");/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var lt=globalThis,wt=i=>i,Z=lt.trustedTypes,_t=Z?Z.createPolicy("lit-html",{createHTML:i=>i}):void 0,Ct="$lit$",A=`lit$${Math.random().toFixed(9).slice(2)}$`,Pt="?"+A,Jt=`<${Pt}>`,P=document,B=()=>P.createComment(""),I=i=>i===null||typeof i!="object"&&typeof i!="function",ct=Array.isArray,Vt=i=>ct(i)||typeof i?.[Symbol.iterator]=="function",st=`[ 	
\f\r]`,D=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,xt=/-->/g,At=/>/g,k=RegExp(`>|${st}(?:([^\\s"'>=/]+)(${st}*=${st}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),St=/'/g,Et=/"/g,Mt=/^(?:script|style|textarea|title)$/i,ht=i=>(t,...e)=>({_$litType$:i,strings:t,values:e}),c=ht(1),y=ht(2),de=ht(3),M=Symbol.for("lit-noChange"),d=Symbol.for("lit-nothing"),kt=new WeakMap,C=P.createTreeWalker(P,129);function Tt(i,t){if(!ct(i)||!i.hasOwnProperty("raw"))throw Error("invalid template strings array");return _t!==void 0?_t.createHTML(t):t}var Xt=(i,t)=>{let e=i.length-1,s=[],r,o=t===2?"<svg>":t===3?"<math>":"",n=D;for(let l=0;l<e;l++){let a=i[l],h,m,p=-1,f=0;for(;f<a.length&&(n.lastIndex=f,m=n.exec(a),m!==null);)f=n.lastIndex,n===D?m[1]==="!--"?n=xt:m[1]!==void 0?n=At:m[2]!==void 0?(Mt.test(m[2])&&(r=RegExp("</"+m[2],"g")),n=k):m[3]!==void 0&&(n=k):n===k?m[0]===">"?(n=r??D,p=-1):m[1]===void 0?p=-2:(p=n.lastIndex-m[2].length,h=m[1],n=m[3]===void 0?k:m[3]==='"'?Et:St):n===Et||n===St?n=k:n===xt||n===At?n=D:(n=k,r=void 0);let v=n===k&&i[l+1].startsWith("/>")?" ":"";o+=n===D?a+Jt:p>=0?(s.push(h),a.slice(0,p)+Ct+a.slice(p)+A+v):a+A+(p===-2?l:v)}return[Tt(i,o+(i[e]||"<?>")+(t===2?"</svg>":t===3?"</math>":"")),s]},K=class i{constructor({strings:t,_$litType$:e},s){let r;this.parts=[];let o=0,n=0,l=t.length-1,a=this.parts,[h,m]=Xt(t,e);if(this.el=i.createElement(h,s),C.currentNode=this.el.content,e===2||e===3){let p=this.el.content.firstChild;p.replaceWith(...p.childNodes)}for(;(r=C.nextNode())!==null&&a.length<l;){if(r.nodeType===1){if(r.hasAttributes())for(let p of r.getAttributeNames())if(p.endsWith(Ct)){let f=m[n++],v=r.getAttribute(p).split(A),x=/([.?@])?(.*)/.exec(f);a.push({type:1,index:o,name:x[2],strings:v,ctor:x[1]==="."?it:x[1]==="?"?ot:x[1]==="@"?nt:O}),r.removeAttribute(p)}else p.startsWith(A)&&(a.push({type:6,index:o}),r.removeAttribute(p));if(Mt.test(r.tagName)){let p=r.textContent.split(A),f=p.length-1;if(f>0){r.textContent=Z?Z.emptyScript:"";for(let v=0;v<f;v++)r.append(p[v],B()),C.nextNode(),a.push({type:2,index:++o});r.append(p[f],B())}}}else if(r.nodeType===8)if(r.data===Pt)a.push({type:2,index:o});else{let p=-1;for(;(p=r.data.indexOf(A,p+1))!==-1;)a.push({type:7,index:o}),p+=A.length-1}o++}}static createElement(t,e){let s=P.createElement("template");return s.innerHTML=t,s}};function U(i,t,e=i,s){if(t===M)return t;let r=s!==void 0?e._$Co?.[s]:e._$Cl,o=I(t)?void 0:t._$litDirective$;return r?.constructor!==o&&(r?._$AO?.(!1),o===void 0?r=void 0:(r=new o(i),r._$AT(i,e,s)),s!==void 0?(e._$Co??=[])[s]=r:e._$Cl=r),r!==void 0&&(t=U(i,r._$AS(i,t.values),r,s)),t}var rt=class{constructor(t,e){this._$AV=[],this._$AN=void 0,this._$AD=t,this._$AM=e}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(t){let{el:{content:e},parts:s}=this._$AD,r=(t?.creationScope??P).importNode(e,!0);C.currentNode=r;let o=C.nextNode(),n=0,l=0,a=s[0];for(;a!==void 0;){if(n===a.index){let h;a.type===2?h=new W(o,o.nextSibling,this,t):a.type===1?h=new a.ctor(o,a.name,a.strings,this,t):a.type===6&&(h=new at(o,this,t)),this._$AV.push(h),a=s[++l]}n!==a?.index&&(o=C.nextNode(),n++)}return C.currentNode=P,r}p(t){let e=0;for(let s of this._$AV)s!==void 0&&(s.strings!==void 0?(s._$AI(t,s,e),e+=s.strings.length-2):s._$AI(t[e])),e++}},W=class i{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(t,e,s,r){this.type=2,this._$AH=d,this._$AN=void 0,this._$AA=t,this._$AB=e,this._$AM=s,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let t=this._$AA.parentNode,e=this._$AM;return e!==void 0&&t?.nodeType===11&&(t=e.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(t,e=this){t=U(this,t,e),I(t)?t===d||t==null||t===""?(this._$AH!==d&&this._$AR(),this._$AH=d):t!==this._$AH&&t!==M&&this._(t):t._$litType$!==void 0?this.$(t):t.nodeType!==void 0?this.T(t):Vt(t)?this.k(t):this._(t)}O(t){return this._$AA.parentNode.insertBefore(t,this._$AB)}T(t){this._$AH!==t&&(this._$AR(),this._$AH=this.O(t))}_(t){this._$AH!==d&&I(this._$AH)?this._$AA.nextSibling.data=t:this.T(P.createTextNode(t)),this._$AH=t}$(t){let{values:e,_$litType$:s}=t,r=typeof s=="number"?this._$AC(t):(s.el===void 0&&(s.el=K.createElement(Tt(s.h,s.h[0]),this.options)),s);if(this._$AH?._$AD===r)this._$AH.p(e);else{let o=new rt(r,this),n=o.u(this.options);o.p(e),this.T(n),this._$AH=o}}_$AC(t){let e=kt.get(t.strings);return e===void 0&&kt.set(t.strings,e=new K(t)),e}k(t){ct(this._$AH)||(this._$AH=[],this._$AR());let e=this._$AH,s,r=0;for(let o of t)r===e.length?e.push(s=new i(this.O(B()),this.O(B()),this,this.options)):s=e[r],s._$AI(o),r++;r<e.length&&(this._$AR(s&&s._$AB.nextSibling,r),e.length=r)}_$AR(t=this._$AA.nextSibling,e){for(this._$AP?.(!1,!0,e);t!==this._$AB;){let s=wt(t).nextSibling;wt(t).remove(),t=s}}setConnected(t){this._$AM===void 0&&(this._$Cv=t,this._$AP?.(t))}},O=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(t,e,s,r,o){this.type=1,this._$AH=d,this._$AN=void 0,this.element=t,this.name=e,this._$AM=r,this.options=o,s.length>2||s[0]!==""||s[1]!==""?(this._$AH=Array(s.length-1).fill(new String),this.strings=s):this._$AH=d}_$AI(t,e=this,s,r){let o=this.strings,n=!1;if(o===void 0)t=U(this,t,e,0),n=!I(t)||t!==this._$AH&&t!==M,n&&(this._$AH=t);else{let l=t,a,h;for(t=o[0],a=0;a<o.length-1;a++)h=U(this,l[s+a],e,a),h===M&&(h=this._$AH[a]),n||=!I(h)||h!==this._$AH[a],h===d?t=d:t!==d&&(t+=(h??"")+o[a+1]),this._$AH[a]=h}n&&!r&&this.j(t)}j(t){t===d?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,t??"")}},it=class extends O{constructor(){super(...arguments),this.type=3}j(t){this.element[this.name]=t===d?void 0:t}},ot=class extends O{constructor(){super(...arguments),this.type=4}j(t){this.element.toggleAttribute(this.name,!!t&&t!==d)}},nt=class extends O{constructor(t,e,s,r,o){super(t,e,s,r,o),this.type=5}_$AI(t,e=this){if((t=U(this,t,e,0)??d)===M)return;let s=this._$AH,r=t===d&&s!==d||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive,o=t!==d&&(s===d||r);r&&this.element.removeEventListener(this.name,this,s),o&&this.element.addEventListener(this.name,this,t),this._$AH=t}handleEvent(t){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)}},at=class{constructor(t,e,s){this.element=t,this.type=6,this._$AN=void 0,this._$AM=e,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(t){U(this,t)}};var Yt=lt.litHtmlPolyfillSupport;Yt?.(K,W),(lt.litHtmlVersions??=[]).push("3.3.3");var Rt=(i,t,e)=>{let s=e?.renderBefore??t,r=s._$litPart$;if(r===void 0){let o=e?.renderBefore??null;s._$litPart$=r=new W(t.insertBefore(B(),o),o,void 0,e??{})}return r._$AI(i),r};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var dt=globalThis,g=class extends _{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let t=super.createRenderRoot();return this.renderOptions.renderBefore??=t.firstChild,t}update(t){let e=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(t),this._$Do=Rt(e,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return M}};g._$litElement$=!0,g.finalized=!0,dt.litElementHydrateSupport?.({LitElement:g});var Zt=dt.litElementPolyfillSupport;Zt?.({LitElement:g});(dt.litElementVersions??=[]).push("4.2.2");/**
 * @license
 * Copyright 2022 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var S=i=>(t,e)=>{e!==void 0?e.addInitializer(()=>{customElements.define(i,t)}):customElements.define(i,t)};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */var Qt={attribute:!0,type:String,converter:q,reflect:!1,hasChanged:Y},te=(i=Qt,t,e)=>{let{kind:s,metadata:r}=e,o=globalThis.litPropertyMetadata.get(r);if(o===void 0&&globalThis.litPropertyMetadata.set(r,o=new Map),s==="setter"&&((i=Object.create(i)).wrapped=!0),o.set(e.name,i),s==="accessor"){let{name:n}=e;return{set(l){let a=t.get.call(this);t.set.call(this,l),this.requestUpdate(n,a,i,!0,l)},init(l){return l!==void 0&&this.C(n,void 0,i,l),l}}}if(s==="setter"){let{name:n}=e;return function(l){let a=this[n];t.call(this,l),this.requestUpdate(n,a,i,!0,l)}}throw Error("Unsupported decorator location: "+s)};function b(i){return(t,e)=>typeof e=="object"?te(i,t,e):((s,r,o)=>{let n=r.hasOwnProperty(o);return r.constructor.createProperty(o,s),n?Object.getOwnPropertyDescriptor(r,o):void 0})(i,t,e)}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */function G(i){return b({...i,state:!0,attribute:!1})}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 *//**
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
 */var Ot={tuple:["(",")"],set:["{","}"],bag:["[","]"],map:["{","}"]};function u(i){if("text"in i)return i.text;if("fields"in i)return`${i.name}(${i.fields.map(([,s])=>u(s)).join(", ")})`;if(i.kind==="map")return`{${i.entries.map(([s,r])=>`${u(s)}: ${u(r)}`).join(", ")}}`;let[t,e]=Ot[i.kind];return`${t}${i.items.map(u).join(", ")}${i.kind==="tuple"&&i.items.length===1?",":""}${e}`}function H(i,t,e){if(t!==null&&u(i)===u(t))return c`<span class="same">${u(i)}</span>`;if(t!==null&&"fields"in i&&"fields"in t&&i.name===t.name){let s=new Map(t.fields);return c`${i.name}(${Ut(i.fields.map(([r,o])=>H(o,s.get(r)??null,e)))})`}if(t!==null&&"kind"in i&&"kind"in t&&i.kind===t.kind){let[s,r]=Ot[i.kind];return c`${s}${Ut(ee(i,t,e))}${r}`}return pt(u(i),e)}function ee(i,t,e){if("entries"in i&&"entries"in t){let r=new Map(t.entries.map(([o,n])=>[u(o),n]));return i.entries.map(([o,n])=>{let l=r.get(u(o));return l?c`${u(o)}: ${H(n,l,e)}`:pt(`${u(o)}: ${u(n)}`,e)})}if(!("items"in i&&"items"in t))return[];if(i.kind==="tuple")return i.items.map((r,o)=>H(r,t.items[o]??null,e));let s=t.items.map(u);return i.items.map(r=>{let o=s.indexOf(u(r));return o<0?pt(u(r),e):(s.splice(o,1),u(r))})}function pt(i,t){return t==="new"?c`<ins>${i}</ins>`:c`<del>${i}</del>`}function Ut(i){return c`${i.map((t,e)=>c`${e>0?", ":d}${t}`)}`}var N=class extends g{render(){let[t,...e]=this.drawn.table;return c`<div class="told">
      <p><strong>${this.drawn.clause}</strong>: ${this.drawn.sentence}</p>
      ${t===void 0?this.drawn.facts.map(s=>c`<p class="fact">${s.name}: ${u(s.value)}</p>`):c`<table>
            <thead><tr>${t.map(s=>c`<th scope="col">${s}</th>`)}</tr></thead>
            <tbody>${e.map(([s,...r])=>c`<tr><th scope="row">${s}</th>${r.map(o=>c`<td>${o}</td>`)}</tr>`)}</tbody>
          </table>`}
      ${this.drawn.given.length?c`<p class="fact">drawn: ${this.drawn.given.map(s=>`${s.name}: ${u(s.value)}`).join(", ")}</p>`:d}
    </div>`}};N.styles=w`
    :host { display: block; overflow-x: auto; }
    table { border-collapse: collapse; margin: 0.5rem 0; }
    th, td { text-align: left; padding: 0.25rem 0.9rem 0.25rem 0; border-bottom: 1px solid var(--faint); font: 13px/1.4 var(--mono); }
    th { font-family: inherit; }
    .fact { font: 13px/1.5 var(--mono); margin: 0.15rem 0; overflow-wrap: anywhere; }
    .told { border-left: 3px solid var(--bad); padding: 0.3rem 0.8rem; margin: 0.8rem 0; }
  `,$([b({attribute:!1})],N.prototype,"drawn",2),N=$([S("c-drawn")],N);var mt=112,F=30,Ht=44,Nt=76,T=class extends g{constructor(){super(...arguments);this.at=0}render(){let{lanes:e,moves:s,left:r}=this.trace,o=Nt+e.length*mt,n=Ht+(s.length+(r.length?1.6:.8))*F,l=`Space-time diagram: ${e.length} participants, ${s.length} moves. The list of moves says the same in words.`;return c`<svg width=${o} height=${n} viewBox="0 0 ${o} ${n}" role="img" aria-label=${l}>
      <defs>
        <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse" markerUnits="userSpaceOnUse">
          <path class="tip" d="M0 0 L8 4 L0 8 z"></path>
        </marker>
      </defs>
      ${e.map((a,h)=>y`<text class="head" x=${this.x(h)} y="18">${a}</text>`)}
      ${e.map((a,h)=>this.lane(a,h,n))}
      ${s.map((a,h)=>this.move(a,h+1,o))}
      ${r.map(a=>this.waiting(a.source,a.to,a.sent,n))} ${this.loop()}
    </svg>`}x(e){return Nt+e*mt+mt/2}y(e){return Ht+(e-1)*F+F/2}place(e){return this.trace.lanes.indexOf(e)}lane(e,s,r){let o=this.trace.moves.map((l,a)=>({mark:l.row.mark,who:l.row.end,y:this.y(a+1)})).filter(({who:l,mark:a})=>l===e&&(a==="down"||a==="up")),n=[...o.map(({y:l})=>l),r-8];return n.map((l,a)=>{let h=o[a-1]?.mark==="down";return y`<line class="lane ${h?"is-down":""}" x1=${this.x(s)} x2=${this.x(s)} y1=${n[a-1]??26} y2=${l}></line>`})}move(e,s,r){let o=this.y(s),n=s===this.at?"here":s>this.at&&this.at>0?"later":"";return y`<g class=${n} @click=${()=>this.choose(s)}>
      <title>${s}. ${e.said}</title>
      <rect class="band" x="0" y=${o-F/2} width=${r} height=${F}></rect>
      <text class="number" x="30" y=${o+4}>${s}</text>
      ${s===this.trace.acts?y`<text class="acts" x="46" y=${o+4}>◆</text>`:d}
      ${this.drawn(e,s)}
    </g>`}drawn(e,s){let{start:r,end:o,mark:n,sent:l}=e.row,a=this.x(this.place(o)),h=this.y(s);switch(n){case"inside":return y`<circle class="dot" cx=${a} cy=${h} r="4.5"></circle>`;case"down":return this.cross(a,h);case"up":return y`<path class="tip" d="M${a-6} ${h+5} L${a} ${h-6} L${a+6} ${h+5} z"></path>`;default:{let m=this.x(this.place(r)),p=l===null?h:this.y(l),f=this.trace.moves.slice(0,s-1),v=l!==null&&f.some(L=>L.row.sent===l&&this.sameMessage(L,e)),x=n==="lost"?"is-lost":v?"again":l===null?"ask":"",$t=(m+a)/2;if(n==="lost"){let L=(p+h)/2;return y`<line class="message ${x}" x1=${m} y1=${p} x2=${$t} y2=${L}></line>${this.cross($t,L)}`}return m===a?y`<path class="message ${x}" marker-end="url(#tip)" d="M${a} ${p} C${a+34} ${p} ${a+34} ${h} ${a+5} ${h}"></path>`:y`<line class="message ${x}" marker-end="url(#tip)" x1=${m} y1=${p} x2=${a} y2=${h}></line>`}}}sameMessage(e,s){return e.row.start===s.row.start&&e.row.end===s.row.end&&e.row.label===s.row.label}waiting(e,s,r,o){let[n,l]=[this.place(e),this.place(s)];if(r===null||n<0||l<0)return d;let[a,h,m,p]=[this.x(n),this.x(l),this.y(r),o-14],[f,v]=[a+(h-a)*.8,m+(p-m)*.8];return y`<line class="message in-flight" x1=${a} y1=${m} x2=${f} y2=${v}></line><circle class="ring" cx=${f} cy=${v} r="4"></circle>`}loop(){let{cycle:e,moves:s}=this.trace;if(e===null||e===0)return d;let[r,o]=[this.y(s.length-e+1),this.y(s.length)];return y`<path class="repeats" marker-end="url(#tip)" d="M14 ${o} H6 V${r} H16"><title>repeated for ever</title></path>`}cross(e,s){return y`<path class="cross" d="M${e-5} ${s-5} L${e+5} ${s+5} M${e+5} ${s-5} L${e-5} ${s+5}"></path>`}choose(e){this.dispatchEvent(new CustomEvent("step",{detail:e,bubbles:!0,composed:!0}))}};T.styles=w`
    :host { display: block; overflow-x: auto; }
    svg { display: block; font: 12px/1 var(--mono); max-width: none; }
    .lane { stroke: var(--faint); stroke-width: 1; }
    .lane.is-down { stroke-dasharray: 1 5; }
    .head { fill: var(--ink); font-weight: 600; text-anchor: middle; }
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
  `,$([b({attribute:!1})],T.prototype,"trace",2),$([b({type:Number})],T.prototype,"at",2),T=$([S("c-spacetime")],T);var R=class extends g{constructor(){super(...arguments);this.at=0}willUpdate(e){e.has("trace")&&(this.at=this.trace.moves.length)}render(){let{moves:e}=this.trace;return c`<div tabindex="0" role="group" aria-label="A run of ${e.length} moves; arrow keys step through it" @keydown=${this.key} @step=${this.stepped}>
      <div class="controls">
        <button @click=${()=>this.go(0)} ?disabled=${this.at===0} aria-label="before the first move">|◀</button>
        <button @click=${()=>this.go(this.at-1)} ?disabled=${this.at===0} aria-label="previous move">◀</button>
        <button @click=${()=>this.go(this.at+1)} ?disabled=${this.at===e.length} aria-label="next move">▶</button>
        <button @click=${()=>this.go(e.length)} ?disabled=${this.at===e.length} aria-label="last move">▶|</button>
        <span>move ${this.at} of ${e.length}</span>
        <span class="hint"><kbd>←</kbd> <kbd>→</kbd> <kbd>Home</kbd> <kbd>End</kbd></span>
      </div>
      <div role="status" aria-live="polite" class="hint">${this.announced()}</div>
      ${this.trace.given.length?c`<p class="fact">given ${re(this.trace.given)}</p>`:d}
      <div class="both">
        <c-spacetime .trace=${this.trace} .at=${this.at}></c-spacetime>
        <div>
          <ol>
            ${e.map((s,r)=>this.move(s,r+1))}
          </ol>
          ${this.trace.cycle===null?d:c`<p>${this.trace.lasso}</p>`}
          ${this.trace.left.length?c`<details><summary>${this.trace.left.length} in flight at the end</summary>
            ${this.trace.left.map(s=>c`<div class="fact">${s.source} → ${s.to} ${s.label}${s.sent===null?"":` from ${s.sent}`}</div>`)}</details>`:d}
          <div class="told">
            <p><strong>${this.trace.clause}</strong>: ${this.trace.sentence}</p>
            ${this.trace.facts.map(s=>c`<p class="fact">${s.name}: ${u(s.value)}</p>`)}
          </div>
        </div>
      </div>
    </div>`}move(e,s){return c`<li class=${s>this.at?"later":""} aria-current=${s===this.at?"step":"false"} @click=${()=>this.go(s)}>
      <span class="number">${s}</span>${e.said}
      ${e.effects.map(r=>c`<div class="effect">${r}</div>`)} ${e.changes.map(se)}
      ${s===this.trace.acts?this.trace.instead.map(r=>c`<div class="effect acts">${r}</div>`):d}
    </li>`}announced(){let e=this.trace.moves[this.at-1];return e===void 0?"before the first move":[e.said,...e.effects].join("; ")}go(e){this.at=Math.max(0,Math.min(this.trace.moves.length,e))}stepped(e){this.go(e.detail)}key(e){if(e.altKey||e.ctrlKey||e.metaKey)return;let r={ArrowLeft:this.at-1,ArrowUp:this.at-1,k:this.at-1,ArrowRight:this.at+1,ArrowDown:this.at+1,j:this.at+1,Home:0,End:this.trace.moves.length}[e.key];r!==void 0&&(e.preventDefault(),this.go(r))}};R.styles=w`
    :host { display: block; }
    .both { display: grid; grid-template-columns: minmax(0, auto) minmax(20rem, 1fr); gap: 1.5rem; align-items: start; }
    c-spacetime { position: sticky; top: 0; max-height: 92vh; overflow: auto; }
    .controls { display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; margin: 0.5rem 0; }
    button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.15rem 0.6rem; cursor: pointer; }
    button:disabled { opacity: 0.4; cursor: default; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    kbd { font: 12px var(--mono); border: 1px solid var(--faint); border-radius: 3px; padding: 0 0.3em; }
    .hint { color: var(--dim); font-size: 0.85em; }
    ol { list-style: none; margin: 0; padding: 0; }
    li { border-left: 3px solid transparent; padding: 0.25rem 0 0.25rem 0.7rem; cursor: pointer; }
    li[aria-current="step"] { border-color: var(--accent); background: var(--hover); }
    li.later { opacity: 0.45; }
    .number { color: var(--dim); font: 12px var(--mono); margin-right: 0.4em; }
    .effect, .change { margin-left: 1.7rem; color: var(--dim); }
    .change, .fact { font: 13px/1.45 var(--mono); overflow-wrap: anywhere; color: var(--ink); }
    .same { color: var(--dim); }
    ins, del { text-decoration: none; border-radius: 2px; padding: 0 0.15em; }
    ins { background: var(--added); }
    del { background: var(--removed); text-decoration: line-through; }
    ins::before { content: "+"; }
    .acts { font-weight: 600; }
    .told { border-left: 3px solid var(--bad); padding: 0.3rem 0.8rem; margin: 0.8rem 0; }
    .told p { margin: 0.2rem 0; }
    @media (max-width: 60rem) { .both { grid-template-columns: minmax(0, 1fr); } c-spacetime { position: static; max-height: none; } }
    @media print { li.later { opacity: 1; } .controls { display: none; } .both { grid-template-columns: minmax(0, 1fr); } }
  `,$([b({attribute:!1})],R.prototype,"trace",2),$([G()],R.prototype,"at",2),R=$([S("c-trace")],R);function se(i){let t=i.field?`${i.who}.${i.field}`:i.who;return c`<div class="change">${t}: ${H(i.before,i.after,"old")} → ${H(i.after,i.before,"new")}</div>`}function re(i){return i.map(t=>`${t.name}: ${u(t.value)}`).join(", ")}var ut={good:"✓",bad:"✗",open:"?"},E=class extends g{constructor(){super(...arguments);this.open=new Set;this.wanted=""}connectedCallback(){super.connectedCallback();let e=this.report.protocols.flatMap(s=>s.lines).find(s=>s.tone==="bad"&&s.scene!==null);e!==void 0&&(this.open=new Set([e.id]))}render(){let{report:e}=this;return c`<main>
      <h1><span class=${e.tone}>${ut[e.tone]} ${e.conclusion}</span></h1>
      <p>${e.totals}</p>
      <p class="dim"><code>${e.command}</code>, Concordant ${e.version}</p>
      ${e.never_judged.map(s=>c`<p class="open">${s}</p>`)}
      <p><label>Show only <input type="search" .value=${this.wanted} @input=${this.filter} placeholder="a clause, a mistake, violated …" /></label></p>
      ${e.protocols.map(s=>this.protocol(s))}
    </main>`}protocol(e){let s=e.lines.filter(r=>this.fits(e,r));return s.length===0?d:c`<section aria-label=${e.stem}>
      <h2>${e.stem} <span class="word ${e.tone}">${ut[e.tone]} ${e.word}</span></h2>
      <div class="table"><table>
        <caption>${e.title}</caption>
        <colgroup><col class="what" /><col class="verdict" /><col /><col class="numbers" /></colgroup>
        <thead><tr><th scope="col">what</th><th scope="col">verdict</th><th scope="col">sentence</th><th scope="col">judged on</th></tr></thead>
        <tbody>${s.map(r=>this.line(r))}</tbody>
      </table></div>
    </section>`}fits(e,s){let r=this.wanted.toLowerCase();return[e.stem,s.what,s.word,s.sentence].some(o=>o.toLowerCase().includes(r))}line(e){let s=this.open.has(e.id);return c`<tr>
        <th scope="row">${e.what}</th>
        <td class="word ${e.tone}">${ut[e.tone]} ${e.word}</td>
        <td>
          ${e.sentence} ${e.notes.map(r=>c`<div class="open">${r}</div>`)}
          ${e.scene===null?d:c`<button class="shows" aria-expanded=${s} @click=${()=>this.toggle(e.id)}>${s?"hide":"show"} ${ie(e.scene)}</button>`}
          ${e.tone==="good"?d:c`<div class="command dim">${e.command}</div>`}
        </td>
        <td class="numbers">${e.numbers}</td>
      </tr>
      ${s&&e.scene!==null?c`<tr class="scene"><td colspan="4">${oe(e.scene)}</td></tr>`:d}`}toggle(e){let s=new Set(this.open);s.delete(e)||s.add(e),this.open=s}filter(e){this.wanted=e.target.value}};E.styles=w`
    :host { display: block; max-width: 90rem; margin: 0 auto; padding: 1rem; }
    h1 { font-size: 1.3rem; margin: 0 0 0.3rem; }
    h2 { font-size: 1.05rem; margin: 2rem 0 0.3rem; }
    p { margin: 0.3rem 0; }
    code, .command { font: 13px var(--mono); overflow-wrap: anywhere; }
    .dim { color: var(--dim); }
    .good { color: var(--good); }
    .bad { color: var(--bad); }
    .open { color: var(--unknown); }
    .word { white-space: nowrap; font-weight: 600; }
    input { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--faint); border-radius: 4px; padding: 0.25rem 0.6rem; width: min(24rem, 100%); box-sizing: border-box; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    .table { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; table-layout: fixed; }
    col.what { width: 26%; }
    col.verdict { width: 8.5rem; }
    col.numbers { width: 20%; }
    caption { text-align: left; color: var(--dim); padding-bottom: 0.4rem; }
    td, th { text-align: left; vertical-align: top; padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px solid var(--faint); }
    th { font-weight: 600; }
    th[scope="row"] { font: 13px/1.6 var(--mono); overflow-wrap: anywhere; }
    td.numbers { color: var(--dim); font-size: 0.9em; }
    button.shows { font: inherit; color: var(--accent); background: none; border: 0; padding: 0; text-decoration: underline; cursor: pointer; }
    .scene > td { padding: 0.5rem 0 1.5rem; }
    @media (max-width: 40rem) {
      table, caption, tbody, tr, td, th { display: block; border: 0; padding: 0; }
      thead, colgroup { display: none; }
      tr { border-bottom: 1px solid var(--faint); padding: 0.4rem 0; }
    }
    @media print { input, button.shows { display: none; } }
  `,$([b({attribute:!1})],E.prototype,"report",2),$([G()],E.prototype,"open",2),$([G()],E.prototype,"wanted",2),E=$([S("c-report")],E);function ie(i){return i.kind==="trace"?`the run of ${i.moves.length} ${i.moves.length===1?"move":"moves"}`:"the case"}function oe(i){return i.kind==="trace"?c`<c-trace .trace=${i}></c-trace>`:c`<c-drawn .drawn=${i}></c-drawn>`}var Lt=document.getElementById("report");if(Lt!==null){let i=document.createElement("c-report");i.report=JSON.parse(Lt.textContent??"null"),document.body.append(i)}})();
